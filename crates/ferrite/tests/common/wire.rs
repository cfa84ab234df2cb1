//! The other end of the cable: two connected interfaces, and frames sent into one of them.

#![allow(dead_code, reason = "every test takes its part")]

use std::fs::File;
use std::io::Write;
use std::os::fd::FromRawFd;
use std::process::Command;

/// A pair of connected interfaces, gone at the end.
pub(crate) struct Cable {
    pub(crate) here: String,
    pub(crate) there: String,
}

fn ip(args: &[&str]) -> bool {
    Command::new("ip").args(args).output().is_ok_and(|output| output.status.success())
}

impl Cable {
    /// Connects two new interfaces; `None` where that is not allowed.
    pub(crate) fn lay(name: &str) -> Option<Self> {
        let number = std::process::id() % 100_000;
        let cable = Self { here: format!("{name}a{number}"), there: format!("{name}b{number}") };
        let (here, there) = (cable.here.as_str(), cable.there.as_str());
        if !ip(&["link", "add", here, "type", "veth", "peer", "name", there]) {
            return None;
        }
        for end in [here, there] {
            // Nothing of this machine's own shall travel on it.
            let switch = format!("/proc/sys/net/ipv6/conf/{end}/disable_ipv6");
            let off =
                !std::path::Path::new(&switch).exists() || std::fs::write(&switch, "1").is_ok();
            if !off || !ip(&["link", "set", end, "up"]) {
                return None;
            }
        }
        Some(cable)
    }

    /// Takes an end down, or up again.
    pub(crate) fn set_there(&self, state: &str) {
        assert!(ip(&["link", "set", &self.there, state]));
    }

    /// Frames that an interface sent.
    pub(crate) fn sent(name: &str) -> u64 {
        let path = format!("/sys/class/net/{name}/statistics/tx_packets");
        std::fs::read_to_string(path).unwrap().trim().parse().unwrap()
    }

    /// Sends frames from the near end.
    pub(crate) fn send<'a>(&self, frames: impl Iterator<Item = &'a Vec<u8>>) {
        let mut socket = Self::socket(&self.here, 0);
        for (number, frame) in frames.enumerate() {
            socket.write_all(frame).unwrap();
            if number % 256 == 255 {
                // A slow machine's receiver keeps up.
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        }
    }

    /// The far end, to receive and to send.
    pub(crate) fn far(&self) -> File {
        Self::socket(&self.there, 3)
    }

    /// A socket that receives a protocol's frames: 3 for all, 0 for none.
    fn socket(end: &str, protocol: u16) -> File {
        let name = std::ffi::CString::new(end).unwrap();
        #[expect(unsafe_code, reason = "system calls of a packet socket, which std does not have")]
        // SAFETY: name and address outlive the calls that take them; the descriptor is new and
        // gets its one owner.
        unsafe {
            let socket = libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, 0);
            assert!(socket >= 0);
            let mut address: libc::sockaddr_ll = std::mem::zeroed();
            address.sll_family = libc::AF_PACKET.cast_unsigned().try_into().unwrap();
            address.sll_protocol = protocol.to_be();
            address.sll_ifindex = libc::if_nametoindex(name.as_ptr()).cast_signed();
            let len = std::mem::size_of::<libc::sockaddr_ll>().try_into().unwrap();
            assert_eq!(libc::bind(socket, (&raw const address).cast(), len), 0);
            File::from_raw_fd(socket)
        }
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        ip(&["link", "del", &self.here]);
    }
}
