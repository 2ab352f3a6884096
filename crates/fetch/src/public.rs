//! Which addresses are everyone's: a feed must not make this machine ask its own network.
//!
//! IANA's registries of special-purpose addresses, November 2026. Of IPv6 only what is handed out to networks is public
//! (2000::/3), so that a range which is given a purpose later is refused until it is known here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of address it is, where it is not one of the public network.
pub(crate) fn not_public(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(v4) => not_public_v4(v4),
        IpAddr::V6(v6) => not_public_v6(v6),
    }
}

fn not_public_v4(address: Ipv4Addr) -> Option<&'static str> {
    Some(match address.octets() {
        [0, ..] => "this machine's",
        [127, ..] => "loopback",
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => "private",
        [100, 64..=127, ..] => "a provider's own",
        [169, 254, ..] => "link-local",
        [192, 0, 0, _] | [192, 88, 99, _] | [240..=254, ..] | [255, 0..=254, ..] => "reserved",
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => "for documentation",
        [198, 18..=19, ..] => "for benchmarks",
        [224..=239, ..] => "multicast",
        [255, 255, 255, 255] => "broadcast",
        [255, 255, ..] => "reserved",
        _ => return None,
    })
}

fn not_public_v6(address: Ipv6Addr) -> Option<&'static str> {
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("this machine's"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("loopback"),
        [0, 0, 0, 0, 0, 0xffff, ..] => Some("IPv4 in disguise"),
        // NAT64 is how a network without IPv4 reaches all of it: it counts what stands behind.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => not_public_v4(v4(high, low)),
        [0x64, 0xff9b, ..] => Some("a network's own NAT64"),
        [0xfe80..=0xfebf, ..] => Some("link-local"),
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Some("private"),
        [0xff00..=0xffff, ..] => Some("multicast"),
        [0x2001, 0..=0x1ff, ..] => Some("reserved"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("for documentation"),
        [0x2002, high, low, ..] => not_public_v4(v4(high, low)),
        [0x2000..=0x3fff, ..] => None,
        _ => Some("reserved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(not_public(address.parse().unwrap()), expected, "{address}");
    }

    #[test]
    fn v4() {
        for public in
            ["1.1.1.1", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.1.0.1", "223.9.9.9"]
        {
            check(public, None);
        }
        check("0.0.0.0", Some("this machine's"));
        check("127.8.8.8", Some("loopback"));
        check("10.1.2.3", Some("private"));
        check("172.31.255.255", Some("private"));
        check("192.168.0.1", Some("private"));
        check("100.64.0.1", Some("a provider's own"));
        check("169.254.169.254", Some("link-local"));
        check("198.19.0.1", Some("for benchmarks"));
        check("203.0.113.7", Some("for documentation"));
        check("239.0.0.1", Some("multicast"));
        check("240.0.0.1", Some("reserved"));
        check("255.255.255.254", Some("reserved"));
        check("255.255.255.255", Some("broadcast"));
    }

    #[test]
    fn v6() {
        for public in ["2606:4700::1111", "2a00::1", "2001:4860::8888", "64:ff9b::8.8.8.8", "2002:808:808::1"]
        {
            check(public, None);
        }
        check("::", Some("this machine's"));
        check("::1", Some("loopback"));
        check("::ffff:8.8.8.8", Some("IPv4 in disguise"));
        check("::127.0.0.1", Some("reserved"));
        check("64:ff9b::127.0.0.1", Some("loopback"));
        check("64:ff9b::10.0.0.1", Some("private"));
        check("64:ff9b:1::8.8.8.8", Some("a network's own NAT64"));
        check("2002:a00:1::1", Some("private"));
        check("2001:0:4136::1", Some("reserved"));
        check("fe80::1", Some("link-local"));
        check("fec0::1", Some("private"));
        check("fd12::1", Some("private"));
        check("ff02::1", Some("multicast"));
        check("2001:db8::1", Some("for documentation"));
        check("100::1", Some("reserved"));
        check("5f00::1", Some("reserved"));
    }

    proptest! {
        /// Whatever the standard library is sure about, it is refused here too.
        #[test]
        fn never_less_than_the_standard_library(bits: u32) {
            let v4 = Ipv4Addr::from(bits);
            let sure = v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast()
                || v4.is_broadcast() || v4.is_documentation() || v4.is_unspecified();
            prop_assert!(!sure || not_public(v4.into()).is_some());
            prop_assert!(not_public(v4.to_ipv6_mapped().into()).is_some());
        }
    }
}
