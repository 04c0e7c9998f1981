//! Names of Chinese people: a surname and one or two characters, which any code makes as good a word of as of others.

use super::super::features::ChangedWord;
use super::super::in_code;
use super::super::plausibility::is_letter;
use super::super::script::Script;

/// Common surnames; where they are written in two ways, both.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭肖程曹袁邓鄧许許傅沈曾彭吕呂苏\
蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段漕\
钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛焦向柳邢路岳\
齐齊沿梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍位覃霍翁隋植甘景薄单單\
包司柏宁寧柯阮桂闵解强強柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫來嵇奚官";

/// Whether each of a few words is a name, and none becomes one that people know.
pub(super) fn are_names(changed: &[ChangedWord]) -> bool {
    let is_name = |w: &ChangedWord| {
        let mut runs = w
            .before
            .split(|&c| !is_letter(c))
            .filter(|run| !run.is_empty());
        let is_han = |c: &char| Script::of(*c) == Script::Han;
        let is_one = |run: &[char]| {
            (2..=3).contains(&run.len())
                && run.iter().all(is_han)
                && run.first().is_some_and(|&c| SURNAMES.contains(c))
        };
        runs.next().is_some_and(is_one) && runs.all(is_one) && !in_code::makes_known(&w.after)
    };
    changed.len() <= FEW && changed.iter().all(is_name)
}

/// So many names may stand together.
const FEW: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_words() {
        let cases = [
            (&[("陶文磊", "лундюз")][..], true),
            (&[("\"刘宏亮\",", "\"증브좋\",")], true),
            (&[("秦亚琼", "اطرااي"), ("王泽", "خنظَ")], true),
            // No surname, a known word, more characters, other letters beside.
            (&[("雄矠邂", "привет")], false),
            (&[("陶文磊", "привет")], false),
            (&[("┴─╦", "адк")], false),
            (&[("陶文磊好", "лундюзяц")], false),
            (&[("A陶文", "Aлунд")], false),
        ];
        for (words, expected) in cases {
            let chars = |s: &str| s.chars().collect();
            let word = |&(before, after): &(&str, &str)| ChangedWord {
                before: chars(before),
                after: chars(after),
            };
            let changed: Vec<ChangedWord> = words.iter().map(word).collect();
            assert_eq!(are_names(&changed), expected, "{words:?}");
        }
    }
}
