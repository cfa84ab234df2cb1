//! The packet socket and its ring of memory shared with the kernel: all unsafe code of live
//! capture. Linux `Documentation/networking/packet_mmap.rst`.

use std::io;
use std::mem::size_of;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, Ordering};

/// Bytes of a block of the ring: many frames, or one of the largest size.
pub(crate) const RING_BLOCK: usize = 256 << 10;
/// Blocks of a ring: 32 MiB, three seconds of 100 Mbit/s.
const RING_BLOCKS: usize = 128;
/// The kernel hands a block over after this long, however little is in it.
pub(crate) const RETIRE_MS: u32 = 40;
/// Offset of a block's status. `struct tpacket_block_desc`.
const STATUS: usize = 8;

/// A packet socket bound to one interface, with its ring.
#[derive(Debug)]
pub(crate) struct PacketSocket {
    fd: OwnedFd,
    ring: Ring,
}

/// What the kernel says of an interface.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interface {
    index: i32,
    /// `ARPHRD_…`
    pub(crate) hardware: u16,
    pub(crate) up: bool,
}

/// The kernel's numbers since they were last asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) drops: u64,
}

impl PacketSocket {
    /// A socket that receives nothing yet.
    pub(crate) fn new() -> io::Result<Self> {
        let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
        // Protocol 0: nothing comes in before the socket is bound to its interface.
        #[expect(unsafe_code, reason = "system call")]
        // SAFETY: no pointers are passed.
        let fd = checked(unsafe { libc::socket(libc::AF_PACKET, kind, 0) })?;
        #[expect(unsafe_code, reason = "the descriptor gets its owner")]
        // SAFETY: the descriptor is new and nobody else's.
        let fd = unsafe { OwnedFd::from_raw_fd(fd) };
        set(&fd, libc::PACKET_VERSION, &libc::tpacket_versions::TPACKET_V3)?;
        let request = libc::tpacket_req3 {
            tp_block_size: vocab::sat_u32(RING_BLOCK),
            tp_block_nr: vocab::sat_u32(RING_BLOCKS),
            tp_frame_size: 2048,
            tp_frame_nr: vocab::sat_u32(RING_BLOCK / 2048 * RING_BLOCKS),
            tp_retire_blk_tov: RETIRE_MS,
            tp_sizeof_priv: 0,
            tp_feature_req_word: 0,
        };
        set(&fd, libc::PACKET_RX_RING, &request)?;
        let ring = Ring::map(&fd, RING_BLOCK * RING_BLOCKS)?;
        Ok(Self { fd, ring })
    }

    /// What the kernel says of an interface of this name.
    pub(crate) fn interface(&self, name: &str) -> io::Result<Interface> {
        let index = self.ask(name, libc::SIOCGIFINDEX)?;
        let hardware = self.ask(name, libc::SIOCGIFHWADDR)?;
        let flags = self.ask(name, libc::SIOCGIFFLAGS)?;
        #[expect(unsafe_code, reason = "a C union's members")]
        // SAFETY: the kernel filled the member that each request names; all bit patterns are valid.
        let (index, hardware, flags) = unsafe {
            (
                index.ifr_ifru.ifru_ifindex,
                hardware.ifr_ifru.ifru_hwaddr.sa_family,
                flags.ifr_ifru.ifru_flags,
            )
        };
        Ok(Interface { index, hardware, up: i32::from(flags) & libc::IFF_UP != 0 })
    }

    fn ask(&self, name: &str, request: libc::Ioctl) -> io::Result<libc::ifreq> {
        #[expect(unsafe_code, reason = "a C structure")]
        // SAFETY: all fields are numbers, for which zeros are valid.
        let mut about: libc::ifreq = unsafe { std::mem::zeroed() };
        // The last byte stays zero: the name's end.
        if name.len() >= about.ifr_name.len() {
            return Err(io::Error::from_raw_os_error(libc::ENODEV));
        }
        for (to, from) in about.ifr_name.iter_mut().zip(name.bytes()) {
            *to = from.cast_signed();
        }
        #[expect(unsafe_code, reason = "system call")]
        // SAFETY: the structure outlives the call, and the request writes into it alone.
        checked(unsafe { libc::ioctl(self.fd.as_raw_fd(), request, &raw mut about) })?;
        Ok(about)
    }

    /// From now on all frames of the interface come in, also those for others.
    pub(crate) fn bind(&self, interface: Interface) -> io::Result<()> {
        let all = vocab::low_u16(u64::from(libc::ETH_P_ALL.cast_unsigned()));
        let address = libc::sockaddr_ll {
            sll_family: vocab::low_u16(u64::from(libc::AF_PACKET.cast_unsigned())),
            sll_protocol: all.to_be(),
            sll_ifindex: interface.index,
            sll_hatype: 0,
            sll_pkttype: 0,
            sll_halen: 0,
            sll_addr: [0; 8],
        };
        #[expect(unsafe_code, reason = "system call")]
        // SAFETY: address and length are of one structure that outlives the call.
        checked(unsafe {
            libc::bind(
                self.fd.as_raw_fd(),
                (&raw const address).cast(),
                size::<libc::sockaddr_ll>(),
            )
        })?;
        let promiscuous = libc::packet_mreq {
            mr_ifindex: interface.index,
            mr_type: vocab::low_u16(u64::from(libc::PACKET_MR_PROMISC.cast_unsigned())),
            mr_alen: 0,
            mr_address: [0; 8],
        };
        set(&self.fd, libc::PACKET_ADD_MEMBERSHIP, &promiscuous)
    }

    /// Block `number`, where the kernel has handed it over.
    pub(crate) fn block(&self, number: usize) -> Option<&[u8]> {
        self.ring.block(number)
    }

    /// Gives block `number` back to the kernel.
    pub(crate) fn release(&mut self, number: usize) {
        self.ring.release(number);
    }

    /// The number of the block behind `number`.
    pub(crate) fn after(number: usize) -> usize {
        (number + 1) % RING_BLOCKS
    }

    /// Frames that found no room since the last call.
    pub(crate) fn counts(&self) -> io::Result<Counts> {
        let mut stats = libc::tpacket_stats_v3 { tp_packets: 0, tp_drops: 0, tp_freeze_q_cnt: 0 };
        self.get(libc::SOL_PACKET, libc::PACKET_STATISTICS, &mut stats)?;
        Ok(Counts { drops: u64::from(stats.tp_drops) })
    }

    /// What went wrong with the socket since the last call.
    pub(crate) fn failure(&self) -> Option<io::Error> {
        let mut code: libc::c_int = 0;
        match self.get(libc::SOL_SOCKET, libc::SO_ERROR, &mut code) {
            Ok(()) if code == 0 => None,
            Ok(()) => Some(io::Error::from_raw_os_error(code)),
            Err(error) => Some(error),
        }
    }

    fn get<T: Copy>(&self, level: i32, name: i32, value: &mut T) -> io::Result<()> {
        let mut len = size::<T>();
        #[expect(unsafe_code, reason = "system call")]
        // SAFETY: pointer and length are of one plain structure that outlives the call.
        checked(unsafe {
            let value = std::ptr::from_mut(value).cast();
            libc::getsockopt(self.fd.as_raw_fd(), level, name, value, &raw mut len)
        })?;
        Ok(())
    }
}

impl AsRawFd for PacketSocket {
    fn as_raw_fd(&self) -> RawFd {
        self.fd.as_raw_fd()
    }
}

/// Waits until one of the sockets has a block or an error, at most this long.
pub(crate) fn wait(sockets: &mut dyn Iterator<Item = RawFd>, timeout_ms: i32) {
    let wanted = |fd| libc::pollfd { fd, events: libc::POLLIN | libc::POLLERR, revents: 0 };
    let mut all: Vec<libc::pollfd> = sockets.map(wanted).collect();
    let count = all.len() as libc::nfds_t;
    // The result does not matter: whoever waits looks at all sockets afterwards.
    #[expect(unsafe_code, reason = "system call")]
    // SAFETY: pointer and count are of one list that outlives the call.
    let _ready = unsafe { libc::poll(all.as_mut_ptr(), count, timeout_ms) };
}

/// Memory shared with the kernel.
#[derive(Debug)]
struct Ring {
    start: NonNull<u8>,
    len: usize,
}

#[expect(unsafe_code, reason = "the ring may go to the thread that reads it")]
// SAFETY: the mapping belongs to this value alone and is not bound to a thread.
unsafe impl Send for Ring {}

impl Ring {
    fn map(fd: &OwnedFd, len: usize) -> io::Result<Self> {
        let access = libc::PROT_READ | libc::PROT_WRITE;
        #[expect(unsafe_code, reason = "system call")]
        // SAFETY: the kernel chooses the place; the socket's ring has exactly this length.
        let start = unsafe {
            libc::mmap(std::ptr::null_mut(), len, access, libc::MAP_SHARED, fd.as_raw_fd(), 0)
        };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let start = NonNull::new(start.cast()).ok_or_else(io::Error::last_os_error)?;
        Ok(Self { start, len })
    }

    /// The status of a block: whose it is.
    fn status(&self, number: usize) -> Option<&AtomicU32> {
        let at = number.checked_mul(RING_BLOCK)?;
        if at.checked_add(RING_BLOCK)? > self.len {
            return None;
        }
        #[expect(unsafe_code, reason = "a number shared with the kernel")]
        // SAFETY: inside the mapping by the check above, aligned because blocks start at pages,
        // and only ever touched as an atomic number.
        Some(unsafe { AtomicU32::from_ptr(self.start.as_ptr().add(at + STATUS).cast()) })
    }

    fn block(&self, number: usize) -> Option<&[u8]> {
        // Acquire: what the kernel wrote before it handed the block over is seen from here on.
        let status = self.status(number)?.load(Ordering::Acquire);
        if status & libc::TP_STATUS_USER == 0 {
            return None;
        }
        #[expect(unsafe_code, reason = "bytes that the kernel wrote")]
        // SAFETY: `status` has checked that the block lies inside the mapping. The kernel leaves a
        // handed-over block alone until `release`, which needs this value exclusively.
        Some(unsafe {
            std::slice::from_raw_parts(self.start.as_ptr().add(number * RING_BLOCK), RING_BLOCK)
        })
    }

    fn release(&mut self, number: usize) {
        if let Some(status) = self.status(number) {
            // Release: our reads are over before the kernel may write again.
            status.store(0, Ordering::Release);
        }
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        #[expect(unsafe_code, reason = "system call")]
        // SAFETY: the mapping was made by `map` with this length, and no slice of it is left.
        let _unmapped = unsafe { libc::munmap(self.start.as_ptr().cast(), self.len) };
    }
}

fn set<T>(fd: &OwnedFd, name: i32, value: &T) -> io::Result<()> {
    let place = std::ptr::from_ref(value).cast();
    #[expect(unsafe_code, reason = "system call")]
    // SAFETY: pointer and length are of one plain structure that outlives the call.
    let result =
        unsafe { libc::setsockopt(fd.as_raw_fd(), libc::SOL_PACKET, name, place, size::<T>()) };
    checked(result).map(|_| ())
}

fn size<T>() -> libc::socklen_t {
    vocab::sat_u32(size_of::<T>())
}

fn checked(result: i32) -> io::Result<i32> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}
