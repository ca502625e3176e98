//! Base62, the alphabet of tokens: safe in links, headers and shells.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The lowest `N` digits of a big-endian number: 6 hold 32 bits, 11 hold 64, 22 hold 128, 43 hold 256.
pub(super) fn encode<const N: usize>(bytes: &[u8]) -> String {
    let mut number: Vec<u16> = bytes.iter().copied().map(u16::from).collect();
    let mut digits = [0; N];
    for digit in digits.iter_mut().rev() {
        let mut remainder = 0;
        for byte in &mut number {
            let value = remainder * 256 + *byte;
            *byte = value / 62;
            remainder = value % 62;
        }
        *digit = DIGITS[usize::from(remainder)];
    }
    digits.into_iter().map(char::from).collect()
}

/// The number that the digits express, if it fits into 64 bits.
pub(super) fn decode(digits: &str) -> Option<u64> {
    digits.bytes().try_fold(0_u64, |number, byte| {
        let (value, _) = (0..).zip(DIGITS).find(|(_, digit)| **digit == byte)?;
        number.checked_mul(62)?.checked_add(value)
    })
}

/// Whether the text has `length` characters and all of them are digits.
pub(super) fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn forty_three_digits_hold_every_256_bit_number() {
        assert_eq!(encode::<44>(&[255; 32]), format!("0{}", encode::<43>(&[255; 32])));
        assert_eq!(encode::<2>(&[62]), "10");
        assert_eq!(encode::<2>(&[61]), "0z");
    }

    #[test]
    fn a_number_is_read_back_and_one_beyond_64_bits_is_refused() {
        for number in [0, 1, 62, u64::MAX] {
            assert_eq!(decode(&encode::<11>(&number.to_be_bytes())), Some(number));
        }
        let beyond = (u128::from(u64::MAX) + 1).to_be_bytes();
        assert_eq!(decode(&encode::<11>(&beyond)), None);
        assert_eq!(decode("1-1"), None);
    }
}
