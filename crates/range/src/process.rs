//! The water in the pipes: an intake, a storage tank, pumps that switch by level.

use crate::rng::Rng;
use crate::wire::{MS, S};

/// Ground area of the tank in m².
const AREA: f64 = 4.0;
/// Height of its rim in m.
const RIM: f64 = 5.0;
/// Flow of the intake at full speed and open valve, m³/s.
const INTAKE: f64 = 0.034;
/// Flow of one outlet pump, m³/s.
const PUMP: f64 = 0.016;
/// One step of the simulation.
const STEP: i64 = 100 * MS;

/// State of the process, and what controllers and others ask of it.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    now: i64,
    rng: Rng,
    /// Level in the tank, m.
    pub(crate) level: f64,
    /// Position of the inlet valve, %.
    pub(crate) valve: f64,
    /// What the intake's controller wants of it, %.
    pub(crate) valve_wanted: f64,
    /// Speed of the intake's drive, Hz.
    pub(crate) speed: f64,
    /// Flow into and out of the tank, m³/s.
    pub(crate) inflow: f64,
    pub(crate) outflow: f64,
    /// Outlet pumps run.
    pub(crate) pumps: [bool; 2],
    /// Free chlorine, mg/l; acidity; turbidity, NTU.
    pub(crate) chlorine: f64,
    pub(crate) acidity: f64,
    pub(crate) turbidity: f64,
    /// Dosing pump, % of its stroke.
    pub(crate) dosing: f64,
    /// Pressure behind the boosters, bar.
    pub(crate) pressure: f64,
    /// The inlet valve is forced to this, whatever the controller wants.
    pub(crate) valve_forced: Option<f64>,
    /// The outlet pumps are locked out.
    pub(crate) pumps_locked: bool,
    /// Level from which the alarm is raised, m.
    pub(crate) alarm_limit: f64,
    /// The storage controller is in stop.
    pub(crate) storage_stopped: bool,
    /// The intake's controller is switched off: the valve stays where it is.
    pub(crate) intake_off: bool,
    /// The intake's drive is switched off.
    pub(crate) drive_off: bool,
    /// When the tank ran over first.
    pub(crate) overflowed: Option<i64>,
    /// When the pressure was lost first.
    pub(crate) pressure_lost: Option<i64>,
}

impl Process {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let mut rng = Rng::new(seed, "process");
        let level = 2.6 + rng.unit() * 0.8;
        Self {
            now: start,
            rng,
            level,
            valve: 60.0,
            valve_wanted: 60.0,
            speed: 42.0,
            inflow: 0.02,
            outflow: 0.016,
            pumps: [true, false],
            chlorine: 0.52,
            acidity: 7.3,
            turbidity: 0.35,
            dosing: 38.0,
            pressure: 4.2,
            valve_forced: None,
            pumps_locked: false,
            alarm_limit: 4.5,
            storage_stopped: false,
            intake_off: false,
            drive_off: false,
            overflowed: None,
            pressure_lost: None,
        }
    }

    /// Level alarm, as the controller sees it.
    pub(crate) fn alarm(&self) -> bool {
        self.level > self.alarm_limit
    }

    /// Lets time pass.
    pub(crate) fn run_to(&mut self, now: i64) {
        while self.now + STEP <= now {
            self.now += STEP;
            self.step(0.1);
        }
    }

    fn step(&mut self, dt: f64) {
        self.control(dt);
        let noise = self.rng.unit() - 0.5;
        let open = self.valve / 100.0;
        self.inflow = INTAKE * open * (self.speed / 50.0) * (1.0 + 0.02 * noise);
        let running = self.pumps.iter().filter(|runs| **runs).count();
        let running = if running == 2 {
            1.8
        } else if running == 1 {
            1.0
        } else {
            0.0
        };
        let head = if self.level > 0.3 { 1.0 } else { 0.0 };
        self.outflow = PUMP * running * head * (1.0 - 0.02 * noise);
        self.level = (self.level + (self.inflow - self.outflow) * dt / AREA).max(0.0);
        if self.level >= RIM {
            self.level = RIM;
            self.overflowed.get_or_insert(self.now);
        }
        let target = if self.storage_stopped || running < 0.5 { 0.3 } else { 3.6 + 0.5 * running };
        self.pressure += (target - self.pressure) * dt / 4.0 + 0.01 * noise;
        if self.pressure < 1.0 {
            self.pressure_lost.get_or_insert(self.now);
        }
        let dose = 0.014 * self.dosing;
        self.chlorine += (dose - self.chlorine) * dt / 60.0 + 0.002 * noise;
        self.acidity += (7.3 - self.acidity) * dt / 90.0 + 0.004 * noise;
        self.turbidity =
            (self.turbidity + (0.35 - self.turbidity) * dt / 40.0 - 0.004 * noise).clamp(0.05, 5.0);
    }

    /// What the plant's controllers do: the valve follows the level, pumps switch by level.
    fn control(&mut self, dt: f64) {
        self.valve_wanted = match self.level {
            level if level > 3.8 => 15.0,
            level if level < 2.2 => 95.0,
            level => 95.0 - (level - 2.2) * 50.0,
        };
        let wanted = self.valve_forced.unwrap_or(self.valve_wanted);
        // A motor valve needs 20 s from end to end.
        if !self.intake_off {
            self.valve += (wanted - self.valve).clamp(-5.0 * dt, 5.0 * dt);
        }
        let speed = match self.valve_forced {
            _ if self.drive_off => 0.0,
            Some(_) => 50.0,
            None => 36.0 + self.valve / 10.0,
        };
        self.speed += (speed - self.speed).clamp(-2.0 * dt, 2.0 * dt);
        let [first, second] = self.pumps;
        self.pumps = if self.pumps_locked || self.storage_stopped && self.level < 0.5 {
            [false, false]
        } else {
            [self.level > 1.0 || first && self.level > 0.6, {
                self.level > 3.6 || second && self.level > 2.8
            }]
        };
        self.dosing += ((0.52 - self.chlorine) * 20.0 * dt).clamp(-0.5, 0.5);
        self.dosing = self.dosing.clamp(0.0, 100.0);
    }

    /// Seconds of the day, for displays that count.
    pub(crate) fn second(&self) -> i64 {
        (self.now / S).rem_euclid(86_400)
    }
}

/// A reading as a controller keeps it: scaled to a whole number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
pub(crate) fn scaled(value: f64, scale: f64) -> u16 {
    (value * scale).round().clamp(0.0, 65_535.0) as u16
}

/// A reading as a 32-bit floating point number.
#[expect(clippy::cast_possible_truncation, reason = "readings need few digits")]
pub(crate) fn real(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: i64, change: impl Fn(&mut Process)) -> Process {
        let mut process = Process::new(7, 0);
        change(&mut process);
        process.run_to(seconds * S);
        process
    }

    #[test]
    fn left_alone_the_level_stays_between_its_limits() {
        let mut process = Process::new(7, 0);
        for second in 0..3_600 {
            process.run_to(second * S);
            assert!(process.level > 1.0 && process.level < 4.5, "{process:?}");
        }
        assert_eq!((process.overflowed, process.pressure_lost), (None, None));
        assert!((process.chlorine - 0.52).abs() < 0.1, "{process:?}");
    }

    #[test]
    fn forced_open_with_stopped_pumps_the_tank_runs_over() {
        let process = after(400, |process| {
            process.valve_forced = Some(100.0);
            process.pumps_locked = true;
        });
        assert!(process.overflowed.is_some(), "{process:?}");
    }

    #[test]
    fn without_its_controller_the_pressure_is_lost() {
        let process = after(60, |process| process.storage_stopped = true);
        assert!(process.pressure_lost.is_some(), "{process:?}");
    }
}
