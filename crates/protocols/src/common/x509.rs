//! Certificates: who is named, who vouches, how long. RFC 5280 §4.1.

use super::ber::{self, Tlv};
use decode::Cursor;
use vocab::{Ts, sat_u32};

/// Object identifiers of name attributes. RFC 5280 §A.1.
pub const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// The subject's own serial number.
pub const SERIAL_NUMBER: &[u8] = &[0x55, 0x04, 0x05];
/// The organisation.
pub const ORGANIZATION: &[u8] = &[0x55, 0x04, 0x0a];
/// subjectAltName. RFC 5280 §4.2.1.6.
const ALTERNATIVE_NAME: &[u8] = &[0x55, 0x1d, 0x11];
/// rsaEncryption. RFC 3279 §2.3.1.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// A certificate's fields.
#[derive(Clone, Copy, Debug)]
pub struct Certificate<'p> {
    /// Its number at the issuer.
    pub serial: &'p [u8],
    /// Who vouches.
    pub issuer: Name<'p>,
    /// Who is named.
    pub subject: Name<'p>,
    /// Valid from.
    pub not_before: Option<Ts>,
    /// Valid until.
    pub not_after: Option<Ts>,
    /// Bits of the public key; of RSA keys only, else 0.
    pub key_bits: u32,
    extensions: &'p [u8],
}

impl<'p> Certificate<'p> {
    /// Reads a certificate in DER.
    pub fn read(der: &'p [u8]) -> Option<Self> {
        let certificate = sequence(&mut Cursor::new(der))?;
        let signed = sequence(&mut Cursor::new(certificate))?;
        let mut at = Cursor::new(signed);
        if at.peek()? == 0xa0 {
            // The version.
            ber::next(&mut at)?;
        }
        let serial = ber::next(&mut at).filter(|tlv| tlv.first == 0x02)?.content;
        let _signature = sequence(&mut at)?;
        let issuer = Name(sequence(&mut at)?);
        let mut validity = ber::each(sequence(&mut at)?);
        let not_before = validity.next().and_then(|tlv| time(&tlv));
        let not_after = validity.next().and_then(|tlv| time(&tlv));
        let subject = Name(sequence(&mut at)?);
        let key_bits = key_bits(sequence(&mut at)?).unwrap_or(0);
        let extensions = ber::each(at.rest())
            .find(|tlv| tlv.first == 0xa3)
            .and_then(|tlv| sequence(&mut Cursor::new(tlv.content)))
            .unwrap_or(&[]);
        Some(Self { serial, issuer, subject, not_before, not_after, key_bits, extensions })
    }

    /// Vouches for itself.
    pub fn is_self_signed(&self) -> bool {
        self.issuer.0 == self.subject.0
    }

    /// Further names, kind in the element's tag: 2 DNS name, 6 URI, 7 address.
    pub fn alternative_names(&self) -> impl Iterator<Item = Tlv<'p>> {
        let wanted = ber::each(self.extensions).find_map(|extension| {
            let mut fields = ber::each(extension.content);
            let id = fields.next()?;
            let value = fields.find(|field| field.first == 0x04)?;
            if id.content == ALTERNATIVE_NAME { Some(value.content) } else { None }
        });
        let names = wanted.and_then(|value| sequence(&mut Cursor::new(value)));
        ber::each(names.unwrap_or(&[]))
    }
}

/// A distinguished name. RFC 5280 §4.1.2.4.
#[derive(Clone, Copy, Debug)]
pub struct Name<'p>(&'p [u8]);

impl<'p> Name<'p> {
    /// The first attribute with this identifier, as a string element.
    pub fn get(&self, id: &[u8]) -> Option<Tlv<'p>> {
        ber::each(self.0).flat_map(|set| ber::each(set.content)).find_map(|pair| {
            let mut fields = ber::each(pair.content);
            let found = fields.next().is_some_and(|field| field.content == id);
            fields.next().filter(|_| found)
        })
    }
}

fn sequence<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    ber::next(at).filter(|tlv| tlv.first == 0x30).map(|tlv| tlv.content)
}

/// Bits of an RSA key's modulus. RFC 3279 §2.3.1.
fn key_bits(key: &[u8]) -> Option<u32> {
    let mut fields = ber::each(key);
    let algorithm = fields.next()?;
    let id = ber::each(algorithm.content).next()?;
    let key = fields.next().filter(|_| id.content == RSA)?.content;
    // A bit string's first byte says how many bits of the last are unused.
    let numbers = sequence(&mut Cursor::new(key.get(1..)?))?;
    let modulus = ber::each(numbers).next()?.content;
    let modulus = modulus.strip_prefix(&[0]).unwrap_or(modulus);
    let unused = modulus.first()?.leading_zeros();
    Some(sat_u32(modulus.len()).saturating_mul(8).saturating_sub(unused))
}

/// UTCTime or GeneralizedTime, always in UTC. RFC 5280 §4.1.2.5.
fn time(tlv: &Tlv<'_>) -> Option<Ts> {
    let (year, rest) = match tlv.first {
        0x17 => {
            let (year, rest) = two(tlv.content)?;
            (if year < 50 { year.saturating_add(2000) } else { year.saturating_add(1900) }, rest)
        }
        0x18 => {
            let (high, rest) = two(tlv.content)?;
            let (low, rest) = two(rest)?;
            (high.saturating_mul(100).saturating_add(low), rest)
        }
        _ => return None,
    };
    let (month, rest) = two(rest)?;
    let (day, rest) = two(rest)?;
    let (hour, rest) = two(rest)?;
    let (minute, rest) = two(rest)?;
    let (second, _) = two(rest)?;
    let seconds =
        hour.checked_mul(60)?.checked_add(minute)?.checked_mul(60)?.checked_add(second)?;
    Some(Ts::new(days(year, month, day)?.checked_mul(86_400)?.checked_add(seconds)?, 0))
}

/// Two decimal digits and what follows them.
fn two(text: &[u8]) -> Option<(i64, &[u8])> {
    let (&[a @ b'0'..=b'9', b @ b'0'..=b'9'], rest) = text.split_first_chunk()? else {
        return None;
    };
    let digit = |c: u8| i64::from(c.wrapping_sub(b'0'));
    Some((digit(a).saturating_mul(10).saturating_add(digit(b)), rest))
}

/// Days since 1970-01-01 of a date in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let month_index = usize::try_from(month.checked_sub(1)?).ok()?;
    let before = BEFORE.get(month_index)?;
    // Leap days up to the end of the year before, and this year's when it is past.
    let leaps = |year: i64| {
        let (four, century, era) = (year.div_euclid(4), year.div_euclid(100), year.div_euclid(400));
        four.saturating_sub(century).saturating_add(era)
    };
    let past = if month > 2 { year } else { year.checked_sub(1)? };
    let leap_days = leaps(past).checked_sub(leaps(1969))?;
    let whole = year.checked_sub(1970)?.checked_mul(365)?;
    whole.checked_add(leap_days)?.checked_add(*before)?.checked_add(day)?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds_since_1970() {
        let at = |first, content: &[u8]| {
            time(&Tlv { first, number: 0, content }).map(|ts| ts.0.div_euclid(1_000_000_000))
        };
        assert_eq!(at(0x17, b"700101000000Z"), Some(0));
        assert_eq!(at(0x17, b"231114221320Z"), Some(1_700_000_000));
        assert_eq!(at(0x18, b"20240229120000Z"), Some(1_709_208_000));
        assert_eq!(at(0x18, b"20240301000000Z"), Some(1_709_251_200));
        assert_eq!(at(0x17, b"501231235959Z"), Some(-599_616_001));
        assert_eq!(at(0x17, b"7001"), None);
    }
}
