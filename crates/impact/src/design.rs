//! One unit under a policy, the units without it, and the periods before and after.

use std::collections::BTreeSet;

use crate::panel::Panel;
use crate::unfit::Unfit;

/// One unit under a policy and the units that it is compared with. Every value is known; periods that are set aside (the one
/// in which the policy began where it did not begin with it, or those of anticipation) are in none of its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// The unit under the policy.
    pub unit: String,
    /// The labels of the periods, those before the policy first.
    pub times: Vec<String>,
    /// The place of each period in time, counted in periods; it leaps over those that are set aside.
    pub at: Vec<f64>,
    /// How many periods lie before the policy: columns `0..pre` lie before, `pre..` after.
    pub pre: usize,
    /// The unit's outcome.
    pub observed: Vec<f64>,
    /// The units without the policy.
    pub donors: Vec<Donor>,
    /// What else is matched beside the outcome, by methods that do.
    pub predictors: Vec<Predictor>,
    /// By what every counterfactual after is multiplied, those of placebos too; 1 but for a design in event time, where it
    /// is what [sham policies](crate::episodes::Shams) show in the median to be left without any policy.
    pub after: f64,
}

/// A unit without the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Donor {
    /// Its code.
    pub unit: String,
    /// Its outcome, period by period as in [`Design::times`].
    pub values: Vec<f64>,
}

/// A quantity of the units that was known before the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictor {
    /// What it is, with the periods it is the mean of.
    pub name: String,
    /// Its value for the unit under the policy.
    pub of_unit: f64,
    /// Its values for the donors, in their order.
    pub of_donors: Vec<f64>,
}

impl Design {
    /// A design, checked: there are periods before and after, every series has a finite value in each, and no unit stands
    /// in it twice. Whether there are enough of them is for the methods and the gates to say.
    pub fn new(
        unit: &str,
        times: Vec<String>,
        at: Vec<f64>,
        pre: usize,
        observed: Vec<f64>,
        donors: Vec<Donor>,
    ) -> Result<Design, Unfit> {
        let design = Design {
            unit: unit.to_string(),
            times,
            at,
            pre,
            observed,
            donors,
            predictors: Vec::new(),
            after: 1.0,
        };
        design.check()?;
        Ok(design)
    }

    /// A unit of a panel against others of it: `before` and `after` are the columns before and after the policy began, in
    /// order of time.
    pub fn of_panel(
        panel: &Panel,
        unit: usize,
        donors: &[usize],
        before: &[usize],
        after: &[usize],
    ) -> Result<Design, Unfit> {
        let columns = || before.iter().chain(after).copied();
        let series = |unit: usize| columns().map(|time| panel.series(unit)[time]).collect::<Vec<_>>();
        let donors = donors.iter().map(|&donor| Donor {
            unit: panel.units[donor].clone(),
            values: series(donor),
        });
        Design::new(
            &panel.units[unit],
            columns().map(|time| panel.times[time].clone()).collect(),
            columns().map(|time| time as f64).collect(),
            before.len(),
            series(unit),
            donors.collect(),
        )
    }

    /// Checks what [`Design::new`] does, for a design that was put together by hand.
    ///
    /// # Errors
    /// What does not go together.
    pub fn check(&self) -> Result<(), Unfit> {
        let periods = self.times.len();
        if self.at.len() != periods || self.observed.len() != periods {
            return Err(Unfit::Form(format!(
                "{} has {} values for {periods} periods",
                self.unit,
                self.observed.len()
            )));
        }
        if self.pre == 0 {
            return Err(Unfit::TooFewBefore {
                unit: self.unit.clone(),
                found: 0,
                needed: 1,
                what: "a comparison",
            });
        }
        if self.pre >= periods {
            return Err(Unfit::NoneAfter {
                unit: self.unit.clone(),
            });
        }
        let mut named = BTreeSet::from([self.unit.as_str()]);
        let series = std::iter::once((&self.unit, &self.observed));
        for (unit, values) in series.chain(self.donors.iter().map(|donor| (&donor.unit, &donor.values))) {
            if values.len() != periods {
                return Err(Unfit::Form(format!(
                    "{unit} has {} values for {periods} periods",
                    values.len()
                )));
            }
            if let Some(gap) = values.iter().position(|value| !value.is_finite()) {
                return Err(Unfit::Gap {
                    unit: unit.clone(),
                    time: self.times[gap].clone(),
                });
            }
        }
        match self.donors.iter().find(|donor| !named.insert(&donor.unit)) {
            Some(donor) => Err(Unfit::Twice {
                unit: donor.unit.clone(),
            }),
            None => Ok(()),
        }
    }

    /// How many periods lie after the policy began.
    pub fn post(&self) -> usize {
        self.times.len() - self.pre
    }

    /// The same with a donor in the place of the unit and the other donors beside it; the unit itself is in it no more.
    /// Predictors follow.
    pub fn as_if(&self, donor: usize) -> Design {
        let others = || (0..self.donors.len()).filter(|&other| other != donor);
        Design {
            unit: self.donors[donor].unit.clone(),
            observed: self.donors[donor].values.clone(),
            donors: others().map(|other| self.donors[other].clone()).collect(),
            predictors: self
                .predictors
                .iter()
                .map(|predictor| Predictor {
                    name: predictor.name.clone(),
                    of_unit: predictor.of_donors[donor],
                    of_donors: others().map(|other| predictor.of_donors[other]).collect(),
                })
                .collect(),
            ..self.shell()
        }
    }

    /// The same without a donor.
    pub fn without(&self, donor: usize) -> Design {
        let others = || (0..self.donors.len()).filter(|&other| other != donor);
        Design {
            unit: self.unit.clone(),
            observed: self.observed.clone(),
            donors: others().map(|other| self.donors[other].clone()).collect(),
            predictors: self
                .predictors
                .iter()
                .map(|predictor| Predictor {
                    name: predictor.name.clone(),
                    of_unit: predictor.of_unit,
                    of_donors: others().map(|other| predictor.of_donors[other]).collect(),
                })
                .collect(),
            ..self.shell()
        }
    }

    /// The columns `0..periods` alone, of which `pre` are taken to lie before a policy: a sham date, or periods held out.
    pub fn cut(&self, pre: usize, periods: usize) -> Design {
        Design {
            unit: self.unit.clone(),
            times: self.times[..periods].to_vec(),
            at: self.at[..periods].to_vec(),
            pre,
            observed: self.observed[..periods].to_vec(),
            donors: self
                .donors
                .iter()
                .map(|donor| Donor {
                    unit: donor.unit.clone(),
                    values: donor.values[..periods].to_vec(),
                })
                .collect(),
            predictors: self.predictors.clone(),
            // What shams show holds at the policy's own point.
            after: 1.0,
        }
    }

    /// The same without some of the periods before.
    pub fn without_periods(&self, periods: std::ops::Range<usize>) -> Design {
        let kept = |values: &[f64]| [&values[..periods.start], &values[periods.end..]].concat();
        Design {
            unit: self.unit.clone(),
            times: [&self.times[..periods.start], &self.times[periods.end..]].concat(),
            at: kept(&self.at),
            pre: self.pre - periods.len(),
            observed: kept(&self.observed),
            donors: self
                .donors
                .iter()
                .map(|donor| Donor {
                    unit: donor.unit.clone(),
                    values: kept(&donor.values),
                })
                .collect(),
            predictors: self.predictors.clone(),
            after: self.after,
        }
    }

    fn shell(&self) -> Design {
        Design {
            unit: String::new(),
            times: self.times.clone(),
            at: self.at.clone(),
            pre: self.pre,
            observed: Vec::new(),
            donors: Vec::new(),
            predictors: Vec::new(),
            after: self.after,
        }
    }
}
