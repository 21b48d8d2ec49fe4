//! Tables of scores: a line for each learner, a column for each assignment.

mod abi;

use abi::*;
use core::ffi::c_void;
use std::panic::{catch_unwind, AssertUnwindSafe};

const LONGEST_LINE: usize = 1 << 20;
const MOST_COLUMNS: usize = 10_000;

const fn bits(fields: &[usize]) -> u64 {
    let mut mask = 0;
    let mut index = 0;
    while index < fields.len() {
        mask |= 1 << fields[index];
        index += 1;
    }
    mask
}

const fn reads(kind: u32, fields: &[usize]) -> Capability {
    let rule = Text::new("");
    Capability { kind, reserved: 0, reads: bits(fields), writes: 0, reduces: 0, needs: 0, rule }
}

/// What reading gives; the host works out from this table what a conversion loses.
static CAPABILITIES: [Capability; 3] = [
    reads(person::KIND, &[person::ID]),
    reads(line_item::KIND, &[line_item::ID, line_item::TITLE]),
    reads(result::KIND, &[result::LINE_ITEM, result::PERSON, result::STATE, result::SCORE]),
];

static FORMAT: Format = Format {
    size: size_of::<Format>(),
    flags: READS,
    identifier: Text::new("template-format"),
    alias: Text::ABSENT,
    version: Text::new("1"),
    title: Text::new("Template table of scores"),
    extensions: Text::new("csv"),
    member_name: Text::new("scores.csv"),
    capabilities: CAPABILITIES.as_ptr(),
    options: core::ptr::null(),
    capability_count: CAPABILITIES.len() as u32,
    option_count: 0,
};

/// One reading.
struct Reading<'a> {
    host: &'a Host,
    sink: &'a Sink,
    member: Text,
    titles: Option<Vec<Vec<u8>>>,
}

impl Reading<'_> {
    fn report(&self, severity: i32, code: &str, message: &str, line: u64, raw: &[u8]) -> Status {
        let problem = Problem {
            size: size_of::<Problem>(),
            severity,
            code: Text::new(code),
            message: Text::new(message),
            member: self.member,
            line,
            column: 0,
            value: Text::ABSENT,
            raw: Text::of(raw),
            kind: person::KIND,
            reserved: 0,
        };
        (self.host.report)(self.host.context, &problem)
    }

    fn put<const N: usize>(&self, kind: u32, rows: &[Row<N>]) -> Status {
        if rows.is_empty() {
            return OK;
        }
        let batch = Batch {
            size: size_of::<Batch>(),
            kind,
            rows: rows.as_ptr() as *const c_void,
            count: rows.len(),
            stride: core::mem::size_of::<Row<N>>(),
            numbers: core::ptr::null(),
            number_columns: 0,
        };
        (self.sink.put)(self.sink.context, &batch)
    }

    fn line(&mut self, line: &[u8], number: u64) -> Status {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match self.titles.take() {
            None => self.header(line),
            Some(titles) => {
                let status = self.learner(line, number, &titles);
                self.titles = Some(titles);
                status
            }
        }
    }

    fn header(&mut self, line: &[u8]) -> Status {
        let titles: Vec<Vec<u8>> = line.split(|byte| *byte == b',').map(<[u8]>::to_vec).collect();
        if titles.len() > MOST_COLUMNS {
            let message = "there are more than 10,000 columns";
            self.report(FATAL, "template-format.columns", message, 1, &[]);
            return LIMIT;
        }
        let items: Vec<LineItem> = titles[1..]
            .iter()
            .map(|title| {
                let mut row = LineItem::at(1);
                row.fields[line_item::ID] = Text::of(title);
                row.fields[line_item::TITLE] = Text::of(title);
                row
            })
            .collect();
        let status = self.put(line_item::KIND, &items);
        self.titles = Some(titles);
        status
    }

    fn learner(&self, line: &[u8], number: u64, titles: &[Vec<u8>]) -> Status {
        let cells: Vec<&[u8]> = line.split(|byte| *byte == b',').collect();
        if line.is_empty() {
            let message = "a blank line was passed over";
            return self.report(SKIPPED, "template-format.blank_line", message, number, line);
        }
        if line.contains(&b'"') {
            let message = "cells with quotes are not read; take the quotes out";
            return self.report(REJECTED, "template-format.quote", message, number, line);
        }
        if cells.len() != titles.len() {
            let message =
                "the line has not as many cells as the header; add or remove commas";
            return self.report(REJECTED, "template-format.cells", message, number, line);
        }
        if cells[0].is_empty() {
            let message = "the line names no learner; fill in the first cell";
            return self.report(REJECTED, "template-format.no_learner", message, number, line);
        }
        let mut learner = Person::at(number);
        learner.fields[person::ID] = Text::of(cells[0]);
        let status = self.put(person::KIND, &[learner]);
        if status != OK {
            return status;
        }
        let results: Vec<ScoreResult> = cells[1..]
            .iter()
            .zip(&titles[1..])
            .filter(|(score, _)| !score.is_empty())
            .map(|(score, title)| {
                let mut row = ScoreResult::at(number);
                row.fields[result::LINE_ITEM] = Text::of(title);
                row.fields[result::PERSON] = Text::of(cells[0]);
                row.fields[result::STATE] = Text::new("graded");
                row.fields[result::SCORE] = Text::of(score);
                row
            })
            .collect();
        self.put(result::KIND, &results)
    }

    fn input(&mut self, input: &Input) -> Status {
        let mut member = Member {
            size: size_of::<Member>(),
            reserved: 0,
            name: Text::ABSENT,
            byte_count: 0,
        };
        let mut status = (input.describe)(input.context, 0, &mut member);
        self.member = member.name;
        if status == OK {
            status = (input.open)(input.context, 0);
        }
        if status != OK {
            return status;
        }
        let mut held: Vec<u8> = Vec::new();
        let mut chunk = vec![0u8; 65_536];
        let mut number = 1;
        loop {
            let mut given = 0;
            let buffer = chunk.as_mut_ptr() as *mut c_void;
            status = (input.read)(input.context, buffer, chunk.len(), &mut given);
            if status != OK {
                return status;
            }
            if given == 0 {
                return if held.is_empty() { OK } else { self.line(&held, number) };
            }
            held.extend_from_slice(&chunk[..given]);
            let mut start = 0;
            while let Some(length) = held[start..].iter().position(|byte| *byte == b'\n') {
                status = self.line(&held[start..start + length], number);
                if status != OK {
                    return status;
                }
                number += 1;
                start += length + 1;
            }
            held.drain(..start);
            if held.len() > LONGEST_LINE {
                let message = "a line is longer than 1 MiB";
                self.report(FATAL, "template-format.long_line", message, number, &[]);
                return LIMIT;
            }
        }
    }
}

/// No panic crosses the boundary.
fn guarded(body: impl FnOnce() -> Status) -> Status {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(FAILED)
}

extern "C" fn probe(
    _: *const Adapter,
    _: *const Host,
    input: *const Input,
    _: u32,
    probe: *mut Probe,
) -> Status {
    guarded(|| {
        let (input, probe) = unsafe { (&*input, &mut *probe) };
        probe.confidence = 0;
        probe.reason[0] = 0;
        if input.member_count != 1 {
            return OK;
        }
        let mut head = [0u8; 8];
        let mut count = 0;
        let buffer = head.as_mut_ptr() as *mut c_void;
        let status = (input.head)(input.context, 0, buffer, head.len(), &mut count);
        if status == OK && count == head.len() && &head == b"learner," {
            let reason = b"begins with learner\0";
            probe.confidence = 80;
            probe.reason[..reason.len()].copy_from_slice(reason);
        }
        status
    })
}

extern "C" fn read(
    _: *const Adapter,
    host: *const Host,
    input: *const Input,
    _: *const c_void,
    sink: *const Sink,
) -> Status {
    guarded(|| {
        let (host, input, sink) = unsafe { (&*host, &*input, &*sink) };
        Reading { host, sink, member: Text::ABSENT, titles: None }.input(input)
    })
}

extern "C" fn open(
    _: *const Adapter,
    _: *const Host,
    _: *const c_void,
    _: *const c_void,
    _: *mut *mut c_void,
) -> Status {
    UNSUPPORTED
}

extern "C" fn put(_: *const Adapter, _: *mut c_void, _: *const Batch) -> Status {
    UNSUPPORTED
}

extern "C" fn close(_: *const Adapter, _: *mut c_void, _: i32) -> Status {
    OK
}

extern "C" fn extension(_: *const Adapter, _: Text) -> *const c_void {
    core::ptr::null()
}

static TABLE: Adapter = Adapter {
    size: size_of::<Adapter>(),
    minor: 0,
    identifier: Text::new("org.example.template-format"),
    version: Text::new("0.1.0"),
    vendor: Text::new("Example"),
    license: Text::new("Apache-2.0"),
    formats: &FORMAT,
    format_count: 1,
    context: core::ptr::null(),
    probe,
    read,
    open,
    put,
    close,
    extension,
};

/// Where the host finds the adapter.
#[no_mangle]
pub extern "C" fn cbl_adapter_v1(_host_minor: u32) -> *const Adapter {
    &TABLE
}
