//! Sends frames: for `ferrite query` alone, which people ask for. Nothing that watches uses it.

use crate::live::LiveError;
use std::io;
use std::mem::size_of;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use vocab::Mac;

/// A way to send frames on an interface.
#[derive(Debug)]
pub struct Sender {
    fd: OwnedFd,
    index: i32,
    mac: Mac,
}

impl Sender {
    /// Opens an Ethernet interface for sending; it receives nothing.
    ///
    /// # Errors
    /// When there is no such interface, or no permission.
    pub fn open(interface: &str) -> Result<Self, LiveError> {
        let fail = |error| LiveError::new(interface, error);
        let missing = || fail(io::Error::from_raw_os_error(libc::ENODEV));
        // The name becomes a path: it must stay one.
        if interface.contains('/') || interface.starts_with('.') {
            return Err(missing());
        }
        let fact = |name: &str| {
            let path = format!("/sys/class/net/{interface}/{name}");
            std::fs::read_to_string(path).map(|text| text.trim().to_owned())
        };
        let index = fact("ifindex").ok().and_then(|text| text.parse().ok());
        let index = index.ok_or_else(missing)?;
        let mac = fact("address").ok().and_then(|text| mac(&text)).ok_or_else(missing)?;
        // Protocol 0: nothing comes in.
        #[expect(unsafe_code, reason = "system call")]
        // SAFETY: no pointers are passed.
        let fd = unsafe { libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, 0) };
        if fd < 0 {
            return Err(fail(io::Error::last_os_error()));
        }
        #[expect(unsafe_code, reason = "the descriptor gets its owner")]
        // SAFETY: the descriptor is new and nobody else's.
        let fd = unsafe { OwnedFd::from_raw_fd(fd) };
        Ok(Self { fd, index, mac })
    }

    /// The interface's own address.
    pub fn mac(&self) -> Mac {
        self.mac
    }

    /// Sends a whole frame, without its checksum.
    ///
    /// # Errors
    /// What the system says.
    pub fn send(&self, frame: &[u8]) -> io::Result<()> {
        #[expect(unsafe_code, reason = "a C structure without invalid values")]
        // SAFETY: all its fields are numbers.
        let mut to: libc::sockaddr_ll = unsafe { std::mem::zeroed() };
        to.sll_family = u16::try_from(libc::AF_PACKET).unwrap_or(0);
        to.sll_ifindex = self.index;
        let size = libc::socklen_t::try_from(size_of::<libc::sockaddr_ll>()).unwrap_or(0);
        #[expect(unsafe_code, reason = "system call")]
        // SAFETY: both pointers lead to live values of the sizes that are passed.
        let sent = unsafe {
            libc::sendto(
                self.fd.as_raw_fd(),
                frame.as_ptr().cast(),
                frame.len(),
                0,
                std::ptr::from_ref(&to).cast(),
                size,
            )
        };
        match usize::try_from(sent) {
            Ok(count) if count == frame.len() => Ok(()),
            Ok(_) => Err(io::Error::other("the frame was not sent whole")),
            Err(_) => Err(io::Error::last_os_error()),
        }
    }
}

/// An address as the kernel writes it.
fn mac(text: &str) -> Option<Mac> {
    let mut bytes = [0; 6];
    let mut parts = text.split(':');
    for byte in &mut bytes {
        *byte = u8::from_str_radix(parts.next()?, 16).ok()?;
    }
    parts.next().is_none().then_some(Mac(bytes))
}
