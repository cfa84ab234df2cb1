//! What the data frames of a stream hold: remembered from its configuration, as numbers.

/// PMUs of a stream whose values are decoded; those behind them are not.
const PMUS: usize = 16;

/// The channels of one PMU. IEEE C37.118.2-2011 §6.4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pmu {
    /// Its IDCODE.
    pub(super) id: u16,
    /// FORMAT: bit 0 polar, 1 phasors in floating point, 2 analogs, 3 frequency; and bit 4: the
    /// nominal frequency is 50 Hz.
    pub(super) format: u8,
    /// PHNMR.
    pub(super) phasors: u8,
    /// ANNMR.
    pub(super) analogs: u8,
    /// DGNMR.
    pub(super) digitals: u8,
}

/// The nominal frequency is 50 Hz, not 60. §6.4, FNOM.
pub(super) const NOMINAL_50: u8 = 0x10;

impl Pmu {
    /// Phasors are magnitude and angle.
    pub(super) fn is_polar(self) -> bool {
        self.format & 1 != 0
    }

    /// Phasors are in floating point.
    pub(super) fn float_phasors(self) -> bool {
        self.format & 2 != 0
    }

    /// Analog values are in floating point.
    pub(super) fn float_analogs(self) -> bool {
        self.format & 4 != 0
    }

    /// Frequency and its change are in floating point.
    pub(super) fn float_frequency(self) -> bool {
        self.format & 8 != 0
    }

    /// Bytes in a data frame. §6.3.
    fn size(self) -> u32 {
        let wide = |float: bool| if float { 4u32 } else { 2 };
        let part = |count: u8, size: u32| u32::from(count).saturating_mul(size);
        2u32.saturating_add(part(self.phasors, wide(self.float_phasors()).saturating_mul(2)))
            .saturating_add(wide(self.float_frequency()).saturating_mul(2))
            .saturating_add(part(self.analogs, wide(self.float_analogs())))
            .saturating_add(part(self.digitals, 2))
    }
}

/// The layout of a stream's data frames.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Layout {
    /// The stream.
    id: u16,
    /// PMUs in `pmus`; 0 while nothing is known.
    count: u8,
    /// The configuration says more than fits here.
    broken: bool,
    /// Content of a data frame in bytes.
    size: u32,
    pmus: [Pmu; PMUS],
}

impl Layout {
    /// Starts anew.
    pub(super) fn begin(&mut self, id: u16) {
        *self = Self { id, ..Self::default() };
    }

    /// Adds a PMU; the counts are as sent.
    pub(super) fn add(&mut self, id: u16, format: u16, nominal_50: bool, counts: [u16; 3]) {
        let [phasors, analogs, digitals] = counts.map(|count| u8::try_from(count).ok());
        let (Some(phasors), Some(analogs), Some(digitals)) = (phasors, analogs, digitals) else {
            self.broken = true;
            return;
        };
        let nominal = if nominal_50 { NOMINAL_50 } else { 0 };
        let format = vocab::low_u8(u64::from(format)) & 0x0f | nominal;
        let pmu = Pmu { id, format, phasors, analogs, digitals };
        self.size = self.size.saturating_add(pmu.size());
        if let Some(place) = self.pmus.get_mut(usize::from(self.count)) {
            *place = pmu;
            self.count = self.count.saturating_add(1);
        }
    }

    /// The PMUs of a data frame of stream `id` with this much content; none where it is not the
    /// layout that was announced.
    pub(super) fn of(&self, id: u16, content: usize) -> &[Pmu] {
        let fits = !self.broken && self.id == id && usize::try_from(self.size) == Ok(content);
        if fits { self.pmus.get(..usize::from(self.count)).unwrap_or(&[]) } else { &[] }
    }
}
