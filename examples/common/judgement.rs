//! The options by which texts are judged, the same in every program.

#![allow(dead_code, reason = "not every program uses all of it")]

use unbake::Repairer;
use unbake::detect::Settings;

use crate::common::Failure;

/// What counts as sure enough, and what is expected.
#[derive(clap::Args)]
pub struct Judgement {
    /// How sure an edit must be to be made, from 0 to 1.
    #[arg(long, value_name = "P", value_parser = probability)]
    pub threshold: Option<f32>,

    #[command(flatten)]
    pub expected: Expected,
}

/// What is expected.
#[derive(clap::Args)]
pub struct Expected {
    /// Languages that are expected, such as `ru` or `de,fr`: a hint and no filter.
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub lang: Vec<String>,
}

impl Expected {
    /// The tags of the languages.
    pub fn languages(&self) -> Vec<&str> {
        self.lang.iter().map(String::as_str).collect()
    }

    /// Settings that expect so.
    pub fn settings(&self) -> Result<Settings, Failure> {
        Settings::new().languages(&self.languages()).map_err(|_| {
            Failure::Input(format!(
                "--lang {}: no such language is known here; write tags such as `ru`, `pt-BR` or `zh`",
                self.lang.join(",")
            ))
        })
    }
}

impl Judgement {
    /// A repairer that judges so.
    pub fn repairer(&self) -> Result<Repairer, Failure> {
        let repairer = Repairer::new().settings(self.expected.settings()?);
        Ok(match self.threshold {
            Some(threshold) => repairer.threshold(threshold),
            None => repairer,
        })
    }
}

fn probability(text: &str) -> Result<f32, String> {
    let number = text.parse::<f32>().ok().filter(|p| (0.0..=1.0).contains(p));
    number.ok_or_else(|| "must be a number from 0 to 1".to_owned())
}
