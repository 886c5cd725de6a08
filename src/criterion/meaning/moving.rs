//! Points that move with what is measured: lines, and steps.

use crate::criterion::grammar::condition::{Condition, Shape};
use crate::criterion::grammar::steps::{Counts, StepClause};
use crate::criterion::meaning::draft::{Draft, StepsDraft, refuse};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Award, Line, Refusal, Words};

impl Draft {
    /// A line between two places, or one that is found between the rungs.
    pub(super) fn line(
        &mut self,
        line: Option<&Line>,
        under: Option<(Condition, String)>,
        words: String,
        follows: bool,
    ) -> Result<(), Refusal> {
        // 85%-95%按比例得分，得分=（完成率-85%）÷10%×8: the formula says how.
        if let (Some(line), Some(rung), true) = (line, self.rungs.last_mut(), follows && under.is_none())
            && matches!(rung.award, Award::Rate(_))
        {
            let words = Words::new(format!("{}，{words}", rung.words));
            rung.award = Award::Line(Box::new(Line { words, ..line.clone() }));
            return Ok(());
        }
        if self.rungs.iter().any(|rung| matches!(rung.award, Award::Rate(_))) {
            return refuse(&words, "得分的计算规定了两次");
        }
        if self.between.is_some() || (self.general.is_some() && under.is_none()) {
            return refuse(&words, "得分的计算规定了两次");
        }
        match (line, under) {
            (Some(line), under) => {
                let award =
                    |words: &str| Award::Line(Box::new(Line { words: Words::new(words), ..line.clone() }));
                match under {
                    Some((condition, before)) => {
                        let words = format!("{before}，{words}");
                        self.band(&condition, award(&words), words, &before);
                    }
                    None => self.general = Some((award(&words), words)),
                }
            }
            (None, Some((Condition { about, shape: Shape::Within(gap), .. }, before))) => {
                self.about.push(about);
                self.between = Some((Some(gap), format!("{before}，{words}")));
            }
            (None, Some(_)) => return refuse(&words, "没有写明在哪两个数之间内插"),
            (None, None) => self.between = Some((None, words)),
        }
        Ok(())
    }

    pub(super) fn step(
        &mut self,
        clause: &StepClause,
        own: Option<Rung>,
        words: &str,
    ) -> Result<(), Refusal> {
        let other_way = |first: &StepsDraft| {
            let moves = |c: &StepClause| matches!(c.counts, Counts::Below | Counts::Above | Counts::Open);
            first.clause.adds != clause.adds && moves(&first.clause) && moves(clause) && first.own.is_none()
        };
        let spoken = match &own {
            Some(rung) => format!("{}，{words}", rung.words),
            None => words.to_owned(),
        };
        let alone = own.is_none();
        let steps =
            StepsDraft { clause: clause.clone(), own, most: None, cap: None, floor: None, words: spoken };
        // 每少1户扣0.5分，每多1户扣0.2分
        let down = |first: &StepsDraft| {
            let takes = !first.clause.adds && !clause.adds && first.clause.each && clause.each;
            takes && matches!((first.side(), steps.side()), (Some(a), Some(b)) if a != b)
        };
        let also = match &self.steps {
            None => false,
            Some(first) if self.also.is_none() && ((alone && other_way(first)) || down(first)) => true,
            Some(_) => return refuse(words, "有不止一种按步扣分或加分的规定"),
        };
        *(if also { &mut self.also } else { &mut self.steps }) = Some(steps);
        Ok(())
    }
}
