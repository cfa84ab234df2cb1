//! A map for few entries: a sorted list, no room wasted on nodes.

/// Entries in key order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<K: Ord, V> Few<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.entries.binary_search_by(|(other, _)| other.cmp(key))
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let at = self.place(key).ok()?;
        self.entries.get(at).map(|(_, value)| value)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.place(key).ok()?;
        self.entries.get_mut(at).map(|(_, value)| value)
    }

    /// Adds an entry, or replaces the value of its key.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => {
                if let Some(entry) = self.entries.get_mut(at) {
                    entry.1 = value;
                }
            }
            Err(at) => {
                // There are very many of these lists, nearly all short: room for a quarter more,
                // not for four or twice as many.
                if self.entries.len() == self.entries.capacity() {
                    self.entries.reserve_exact(self.entries.len() / 4 + 1);
                }
                self.entries.insert(at, (key, value));
            }
        }
    }

    /// The position of a key, or where it would be.
    pub(crate) fn search(&self, key: &K) -> Result<usize, usize> {
        self.place(key)
    }

    pub(crate) fn at(&self, at: usize) -> Option<&(K, V)> {
        self.entries.get(at)
    }

    pub(crate) fn at_mut(&mut self, at: usize) -> Option<&mut (K, V)> {
        self.entries.get_mut(at)
    }

    /// Takes an entry out.
    pub(crate) fn remove_at(&mut self, at: usize) -> Option<(K, V)> {
        (at < self.entries.len()).then(|| self.entries.remove(at))
    }

    /// Takes a key's entry out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.place(key).ok()?;
        Some(self.entries.remove(at).1)
    }

    /// The value of a key, a fresh one where there was none.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = match self.place(&key) {
            Ok(at) => at,
            Err(at) => {
                self.insert(key, V::default());
                at
            }
        };
        // It is there now.
        &mut self.entries[at].1
    }

    /// Takes all entries out.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries in key order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Few<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut few = Self::default();
        for (key, value) in entries {
            few.insert(key, value);
        }
        few
    }
}
