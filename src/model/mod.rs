//! stub
#![allow(missing_docs)]
#[derive(Clone, Copy)]
pub struct History(char);
impl History { pub fn word_start() -> Self { History(' ') } }
pub struct Model;
impl Model {
    pub fn embedded() -> &'static Model { &Model }
    pub fn unigram(&self, c: char) -> f32 { if c.is_ascii() { -4.0 } else if c.is_alphabetic() { -7.0 } else { -11.0 } }
    pub fn next(&self, _h: History, c: char) -> (f32, History) { (self.unigram(c), History(c)) }
}
