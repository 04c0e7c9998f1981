//! Frames: which box drawings and blocks belong together by where they stand.

use super::symbols::{BLOCK, BOX, class_of};

/// Arms of the characters from U+2500 to U+257F, each a bit: those that reach to a side, and of these the heavy and the
/// double ones, by their names in Unicode.
struct Arms {
    any: u128,
    heavy: u128,
}

const LEFT: Arms = Arms {
    any: 0x5110_DFFE_38E1_3FFF_FFFF_FFF0_0F0F_0333,
    heavy: 0x4100_16DA_28A1_2BA8_AAAA_AE20_0A0A_0222,
};
const RIGHT: Arms = Arms {
    any: 0x5441_3FF1_C71D_3FFF_FFFF_F00F_F0F0_F333,
    heavy: 0x1400_16D1_4515_2DD0_CCCC_C00E_20A0_A222,
};
const UP: Arms = Arms {
    any: 0xA221_9F8F_FF02_CFFF_FFF0_0FFF_FFF0_0CCC,
    heavy: 0x8200_1B0D_B602_8E9D_0F00_0B4B_4CC0_0888,
};
const DOWN: Arms = Arms {
    any: 0xA880_7C7F_C0FE_CFFF_F00F_FFFF_F00F_FCCC,
    heavy: 0x2800_186D_80DA_8F66_000F_0D8D_800C_C888,
};

/// The arm that a character has on one side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arm {
    None,
    Light,
    /// Or double.
    Heavy,
}

impl Arms {
    fn of(&self, c: char) -> Arm {
        let at = (c as u32).checked_sub(0x2500).filter(|&at| at < 128);
        let has = |arms: u128| at.is_some_and(|at| arms >> at & 1 == 1);
        match (has(self.any), has(self.heavy)) {
            (false, _) => Arm::None,
            (true, false) => Arm::Light,
            (true, true) => Arm::Heavy,
        }
    }
}

/// Whether box drawings that stand side by side make one frame: both reach for the other by the same line, or neither does.
/// Of letters that were read as box drawings half do not.
pub(crate) fn fit_together(left: char, right: char) -> bool {
    RIGHT.of(left) == LEFT.of(right)
}

/// A horizontal line, light or double, or a block of shade: what frames and pictures have many of in a row.
pub(crate) const fn is_rule(c: char) -> bool {
    matches!(c, '─' | '═' | '▀' | '▄' | '█' | '░' | '▒' | '▓')
}

/// Whether a character is part of a drawing.
pub(crate) fn is_drawn(c: char) -> bool {
    class_of(c).is_some_and(|class| class.block == BOX || class.block == BLOCK)
}

/// What stands around a character.
#[derive(Clone, Copy)]
pub(crate) struct Neighbours {
    pub(crate) left: char,
    pub(crate) right: char,
    pub(crate) up: char,
    pub(crate) down: char,
}

/// How many arms of a box drawing meet one of a neighbour's, and how many do not.
pub(crate) fn joints(c: char, around: Neighbours) -> (usize, usize) {
    let sides = [
        (&LEFT, &RIGHT, around.left),
        (&RIGHT, &LEFT, around.right),
        (&UP, &DOWN, around.up),
        (&DOWN, &UP, around.down),
    ];
    let reaching = sides.iter().filter(|(own, _, _)| own.of(c) != Arm::None);
    let all = reaching.clone().count();
    let meets = reaching.filter(|(own, other, neighbour)| own.of(c) == other.of(*neighbour));
    let met = meets.count();
    (met, all - met)
}

/// Whether a box drawing is no mere line: a corner, a crossing.
pub(crate) fn is_knot(c: char) -> bool {
    let reaches = |arms: &Arms| arms.of(c) != Arm::None;
    (reaches(&LEFT) || reaches(&RIGHT)) && (reaches(&UP) || reaches(&DOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_fit_together() {
        for frame in ["┌──┬─┐", "║  ║", "╠══╬═╣", "╙─╨╜", "├─┘└", "╟─┼", "│║"]
        {
            let chars: Vec<char> = frame.chars().filter(|c| *c != ' ').collect();
            let mut pairs = chars.windows(2);
            assert!(pairs.all(|p| fit_together(p[0], p[1])), "{frame}");
        }
        for letters in ["╙┴╬┘", "╦┼", "═─", "┴╚"] {
            let chars: Vec<char> = letters.chars().collect();
            let mut pairs = chars.windows(2);
            assert!(!pairs.all(|p| fit_together(p[0], p[1])), "{letters}");
        }
    }

    #[test]
    fn arms_meet_those_of_their_neighbours() {
        // The character, what stands left, right, above and below, and how many arms meet one and how many do not.
        let cases = [
            ('┌', "a─b│", (2, 0)),
            ('┘', "─ │ ", (2, 0)),
            ('├', " ─││", (3, 0)),
            ('├', " ─│a", (2, 1)),
            ('╞', " ═││", (3, 0)),
            // A light line meets no double one.
            ('╞', " ─││", (2, 1)),
            ('│', "ab  ", (0, 2)),
            ('─', "──  ", (2, 0)),
            ('█', "──││", (0, 0)),
        ];
        for (c, around, expected) in cases {
            let around: Vec<char> = around.chars().collect();
            let [left, right, up, down] = around[..] else {
                panic!("four neighbours");
            };
            let around = Neighbours {
                left,
                right,
                up,
                down,
            };
            assert_eq!(joints(c, around), expected, "{c}");
        }
        assert!("┌┐└┘├┤┬┴┼╬╪".chars().all(is_knot) && !"─│═║█a".chars().any(is_knot));
    }
}
