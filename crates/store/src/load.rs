//! Reading everything back.

use crate::{Source, Store, StoreError};
use model::{
    Attested, AttributeKey, AttributeSeen, BindKey, Conversation, ConversationKey, Few, HostSeen,
    Model, ModelLimits, Names, OperationKey, OperationSeen, PathKey, PathSeen, ProtocolSeen,
    TargetKey, TargetTotal,
};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};
use std::cmp::Reverse;
use std::net::IpAddr;
use vocab::{Attribute, FrameId, Host, LossKind, Mac, ProtoId, Role, Spec, Transport, Ts};

/// A row with its table's name for errors.
struct Fields<'r> {
    row: &'r SqliteRow,
    table: &'static str,
}

impl Fields<'_> {
    fn int(&self, name: &str) -> Result<i64, StoreError> {
        Ok(self.row.try_get(name)?)
    }

    fn maybe_int(&self, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(self.row.try_get(name)?)
    }

    /// A number of whatever width the model wants.
    fn num<T: TryFrom<i64>>(&self, name: &str) -> Result<T, StoreError> {
        let value = self.int(name)?;
        T::try_from(value).map_err(|_| self.damaged(format!("{name} is {value}")))
    }

    /// The same, where a negative number stands for none.
    fn maybe<T: TryFrom<i64>>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let value = self.int(name)?;
        if value < 0 { Ok(None) } else { self.num(name).map(Some) }
    }

    fn text(&self, name: &str) -> Result<String, StoreError> {
        Ok(self.row.try_get(name)?)
    }

    fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.row.try_get(name)?)
    }

    fn damaged(&self, what: String) -> StoreError {
        StoreError::Damaged { table: self.table, what }
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Result<T, StoreError> {
        let text = self.text(name)?;
        text.parse().map_err(|_| self.damaged(format!("{name} is {text:?}")))
    }

    fn mac(&self, name: &str) -> Result<Mac, StoreError> {
        self.parsed(name)
    }

    fn host(&self, name: &str) -> Result<Host, StoreError> {
        let text = self.text(name)?;
        let ip = text.parse::<IpAddr>().map(Host::Ip);
        ip.or_else(|_| text.parse::<Mac>().map(Host::Mac))
            .map_err(|_| self.damaged(format!("{name} is {text:?}")))
    }

    fn proto(&self, name: &str) -> Result<ProtoId, StoreError> {
        self.num(name).map(ProtoId)
    }

    fn frame(&self) -> Result<FrameId, StoreError> {
        Ok(FrameId { file: self.num("file")?, number: self.num("frame")? })
    }

    fn attested(&self) -> Result<Attested, StoreError> {
        Ok(Attested {
            count: self.num("count")?,
            first: Ts(self.int("first")?),
            last: Ts(self.int("last")?),
            frame: self.frame()?,
        })
    }

    fn role(&self) -> Result<Role, StoreError> {
        let text = self.text("role")?;
        [Role::Request, Role::Response, Role::Event]
            .into_iter()
            .find(|role| role.key() == text)
            .ok_or_else(|| self.damaged(format!("role is {text:?}")))
    }
}

async fn rows(
    pool: &SqlitePool,
    table: &'static str,
    order: &str,
) -> Result<Vec<SqliteRow>, StoreError> {
    let query = format!("SELECT * FROM {table} ORDER BY {order}");
    Ok(sqlx::query(sqlx::AssertSqlSafe(query)).fetch_all(pool).await?)
}

impl Store {
    /// Everything that is stored, as a model that keeps note of what changes from now on.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn load(
        &self,
        limits: ModelLimits,
        specs: &'static [&'static Spec],
    ) -> Result<Model, StoreError> {
        let mut model = Model::new(limits, specs);
        self.load_hosts(&mut model).await?;
        self.load_attributes(&mut model).await?;
        self.load_conversations(&mut model).await?;
        self.load_sums(&mut model).await?;
        model.track_changes();
        Ok(model)
    }

    /// The sources that were read, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sources(&self) -> Result<Vec<Source>, StoreError> {
        let mut sources = Vec::new();
        for row in rows(&self.pool, "sources", "id").await? {
            let f = Fields { row: &row, table: "sources" };
            sources.push(Source {
                id: f.num("id")?,
                path: f.text("path")?,
                digest: f.maybe_text("digest")?,
                packets: f.num("packets")?,
                bytes: f.num("bytes")?,
                first: f.maybe_int("first")?.map(Ts),
                last: f.maybe_int("last")?.map(Ts),
                error: f.maybe_text("error")?,
            });
        }
        Ok(sources)
    }

    async fn load_hosts(&self, model: &mut Model) -> Result<(), StoreError> {
        for row in rows(&self.pool, "paths", "id").await? {
            let f = Fields { row: &row, table: "paths" };
            let key = PathKey { vlan: f.num("vlan")?, mac: f.mac("mac")?, host: f.host("host")? };
            let seen = HostSeen {
                packets: f.num("packets")?,
                bytes: f.num("bytes")?,
                first: Ts(f.int("first")?),
                last: Ts(f.int("last")?),
                frame: f.frame()?,
            };
            model.paths.insert(key, PathSeen { seen, ttl: f.num("ttl")? });
        }
        for row in rows(&self.pool, "binds", "id").await? {
            let f = Fields { row: &row, table: "binds" };
            let key = BindKey {
                vlan: f.num("vlan")?,
                mac: f.mac("mac")?,
                ip: f.parsed("ip")?,
                proto: f.proto("proto")?,
            };
            model.binds.insert(key, f.attested()?);
        }
        Ok(())
    }

    async fn load_attributes(&self, model: &mut Model) -> Result<(), StoreError> {
        for row in rows(&self.pool, "attributes", "id").await? {
            let f = Fields { row: &row, table: "attributes" };
            let name = f.text("attribute")?;
            let attribute = Attribute::from_key(&name)
                .ok_or_else(|| f.damaged(format!("attribute is {name:?}")))?;
            let part = match f.maybe_text("part_kind")? {
                Some(kind) => Some((model.names.number(&kind), f.num("part_number")?)),
                None => None,
            };
            let key = AttributeKey {
                vlan: f.num("vlan")?,
                host: f.host("host")?,
                part,
                attribute,
                proto: f.proto("proto")?,
                source: model.names.number(&f.text("source")?),
                value: f.text("value")?.into(),
            };
            let seen = AttributeSeen {
                at: f.attested()?,
                weight: f.num("weight")?,
                offset: f.maybe_int("offset")?.and_then(|n| u32::try_from(n).ok()),
                length: f.num("length")?,
                mac: f.mac("mac")?,
            };
            model.attributes.insert(key, seen);
        }
        Ok(())
    }

    async fn load_conversations(&self, model: &mut Model) -> Result<(), StoreError> {
        for row in rows(&self.pool, "conversations", "id").await? {
            let f = Fields { row: &row, table: "conversations" };
            let carrier = f.text("transport")?;
            let all = [Transport::Ethernet, Transport::Ip, Transport::Tcp, Transport::Udp];
            let transport = all.into_iter().find(|t| t.key() == carrier);
            let key = ConversationKey {
                client: f.host("client")?,
                server: f.host("server")?,
                vlan: f.num("vlan")?,
                transport: transport
                    .ok_or_else(|| f.damaged(format!("transport is {carrier:?}")))?,
                port: f.num("port")?,
                proto: match f.maybe_int("proto")? {
                    Some(_) => Some(f.proto("proto")?),
                    None => None,
                },
            };
            let seen = Conversation {
                client_packets: f.num("client_packets")?,
                server_packets: f.num("server_packets")?,
                bytes: f.num("bytes")?,
                first: Ts(f.int("first")?),
                last: Ts(f.int("last")?),
                frame: f.frame()?,
                certain: f.int("certain")? != 0,
                main: f.int("main")? != 0,
                operations: Few::default(),
                targets: Few::default(),
            };
            model.conversations.insert(key, seen);
        }
        self.load_operations(model).await?;
        self.load_targets(model).await?;
        model.count_rows();
        Ok(())
    }

    async fn load_operations(&self, model: &mut Model) -> Result<(), StoreError> {
        let order = "conversation, proto, code, sub, role";
        for row in rows(&self.pool, "operations", order).await? {
            let f = Fields { row: &row, table: "operations" };
            let key = OperationKey {
                proto: f.proto("proto")?,
                code: f.num("code")?,
                sub: f.maybe("sub")?,
                role: f.role()?,
            };
            let seen = OperationSeen {
                at: f.attested()?,
                errors: f.num("errors")?,
                paired: f.num("paired")?,
                latency_ns_sum: f.num("latency_ns_sum")?,
                latency_ns_max: f.num("latency_ns_max")?,
            };
            match f.maybe::<usize>("conversation")? {
                None => {
                    model.operations.insert(key, seen);
                }
                Some(at) => {
                    if let Some((_, conversation)) = model.conversations.get_index_mut(at) {
                        conversation.operations.insert(key, seen);
                    }
                }
            }
        }
        Ok(())
    }

    async fn load_targets(&self, model: &mut Model) -> Result<(), StoreError> {
        for row in rows(&self.pool, "targets", "conversation").await? {
            let f = Fields { row: &row, table: "targets" };
            let position: Vec<u8> = row.try_get("position")?;
            let position = <[u8; 8]>::try_from(position)
                .map_err(|_| f.damaged("position is not eight bytes".to_owned()))?;
            let (proto, code) = (f.proto("proto")?, f.num("code")?);
            let name = f.text("name")?;
            let key = TargetKey {
                access: Reverse(model.access(proto, code, None)),
                proto,
                code,
                role: f.role()?,
                unit: f.maybe("unit")?,
                area: f.num("area")?,
                index: u64::from_be_bytes(position),
                quantity: f.num("quantity")?,
                extra: f.num("extra")?,
                name_order: Names::order(&name),
                name: model.names.number(&name),
            };
            let total = TargetTotal { quantity: f.num("length")?, at: f.attested()? };
            let at: usize = f.num("conversation")?;
            if let Some((_, conversation)) = model.conversations.get_index_mut(at) {
                conversation.targets.insert(key, total);
            }
        }
        Ok(())
    }

    async fn load_sums(&self, model: &mut Model) -> Result<(), StoreError> {
        for row in rows(&self.pool, "protocols", "proto").await? {
            let f = Fields { row: &row, table: "protocols" };
            let seen = ProtocolSeen { packets: f.num("packets")?, messages: f.num("messages")? };
            model.protocols.insert(f.proto("proto")?, seen);
        }
        for row in rows(&self.pool, "faults", "layer, fault").await? {
            let f = Fields { row: &row, table: "faults" };
            let seen = Attested {
                count: f.num("count")?,
                first: Ts::MAX,
                last: Ts::MIN,
                frame: f.frame()?,
            };
            model.faults.insert((f.text("layer")?.into(), f.text("fault")?.into()), seen);
        }
        for row in rows(&self.pool, "losses", "kind").await? {
            let f = Fields { row: &row, table: "losses" };
            let name = f.text("kind")?;
            if let Some(kind) = LossKind::ALL.into_iter().find(|kind| kind.key() == name) {
                model.losses.insert(kind, f.num("count")?);
            }
        }
        Ok(())
    }
}
