//! VNI, in which the accent of a Vietnamese vowel is a letter behind it: `Vieät Nam` is Việt Nam.

use super::{reads_well, weigh};
use crate::detect::hypothesis::{Hypothesis, Stretches};
use crate::detect::plausibility::is_letter;
use crate::encoding::Encoding;
use crate::misdecoding::Misdecoding;
use unicode_normalization::UnicodeNormalization;

/// Nats.
const COST: f32 = 12.0;
/// So many words must be written so, or one with more letters: one may be French.
const LEAST: usize = 2;
const LEAST_LETTERS: usize = 3;

/// The hypothesis that the text is Vietnamese in VNI, read as windows-1252: all of its words are.
pub(super) fn hypothesis(text: &[char]) -> Option<Hypothesis> {
    let accented = |pair: &[char]| match pair {
        [vowel, accent] => {
            matches!(
                vowel.to_ascii_lowercase(),
                'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö'
            ) && matches!(accent, '\u{C0}'..='\u{FF}')
        }
        _ => false,
    };
    if !text.windows(2).any(accented) {
        return None;
    }
    let mut stretches = Stretches::new();
    let mut letters = 0;
    let mut at = 0;
    for word in text.split(|c| !is_letter(*c)) {
        let range = at..at + word.len();
        at = range.end + 1;
        if word.iter().all(char::is_ascii) {
            continue;
        }
        let written: String = word.iter().collect();
        let bytes = Encoding::Windows1252.encode(&written).ok()?;
        let said: Vec<char> = Encoding::Vni.decode(&bytes).ok()?.nfc().collect();
        if said != word {
            letters += word.iter().filter(|c| !c.is_ascii()).count();
            stretches.push((range, said));
        }
    }
    let said: Vec<char> = stretches
        .iter()
        .flat_map(|s| s.1.iter().copied().chain([' ']))
        .collect();
    let is_little = stretches.len() < LEAST && letters < LEAST_LETTERS;
    if is_little || !reads_well(&said, 0.0) {
        return None;
    }
    let misdecoding = Misdecoding::new(Encoding::Vni, Encoding::Windows1252);
    weigh(text, misdecoding, stretches, COST)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn vietnamese_in_vni_is_found_and_other_letters_are_not() {
        check(
            hypothesis,
            &[
                // The head of every official letter, as it stands in countless old documents.
                (
                    "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM",
                    Some("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                ),
                (
                    "Ñoäc laäp - Töï do - Haïnh phuùc",
                    Some("Độc lập - Tự do - Hạnh phúc"),
                ),
                (
                    "Hoâm nay trôøi möa to quaù.",
                    Some("Hôm nay trời mưa to quá."),
                ),
                ("ngöôøi", Some("người")),
                ("Noël en Israël, par coïncidence naïve", None),
                ("El niño comió aún en la canoé, ahí oí", None),
                ("Die Bäuerin säte schöne Blüten aus, Müßiggang", None),
                ("Tyttö söi hyvää leipää, äiti aäö", None),
                ("O avô não gosta de maçãs, mas a avó sim, aí", None),
                ("Con mèo ngủ dưới gốc cây.", None),
            ],
        );
    }
}
