//! The structs of `cbl/adapter.h`, version 1.0, as Rust sees them.
//!
//! Every row of every kind is an origin and as many texts as the kind has fields, so one type
//! serves all kinds. The numbers of kinds and fields are those of `cbl/records.h`.
#![allow(dead_code)]

use core::ffi::c_void;

/// UTF-8 without a terminator, borrowed for the call. A null pointer means that a field is absent.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    pub bytes: *const u8,
    pub count: usize,
}

impl Text {
    pub const ABSENT: Text = Text { bytes: core::ptr::null(), count: 0 };

    pub const fn new(text: &str) -> Text {
        Text { bytes: text.as_ptr(), count: text.len() }
    }

    pub fn of(bytes: &[u8]) -> Text {
        Text { bytes: bytes.as_ptr(), count: bytes.len() }
    }
}

/// Where a record comes from.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Origin {
    pub line: u64,
    pub member: u32,
    pub flags: u32,
}

/// A row of a kind with `N` fields.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Row<const N: usize> {
    pub origin: Origin,
    pub fields: [Text; N],
}

impl<const N: usize> Row<N> {
    pub fn at(line: u64) -> Row<N> {
        Row { origin: Origin { line, member: 0, flags: 0 }, fields: [Text::ABSENT; N] }
    }
}

pub type Person = Row<27>;
pub mod person {
    pub const KIND: u32 = 9;
    pub const ID: usize = 0;
    pub const NAME: usize = 6;
}

pub type LineItem = Row<19>;
pub mod line_item {
    pub const KIND: u32 = 23;
    pub const ID: usize = 0;
    pub const TITLE: usize = 3;
}

pub type ScoreResult = Row<21>;
pub mod result {
    pub const KIND: u32 = 30;
    pub const LINE_ITEM: usize = 3;
    pub const PERSON: usize = 4;
    pub const STATE: usize = 6;
    pub const SCORE: usize = 7;
}

pub type Status = i32;
pub const OK: Status = 0;
pub const BAD_DATA: Status = 2;
pub const UNSUPPORTED: Status = 3;
pub const LIMIT: Status = 4;
pub const FAILED: Status = 5;

pub const SKIPPED: i32 = 2;
pub const REJECTED: i32 = 3;
pub const FATAL: i32 = 4;

pub const READS: u32 = 1 << 0;

#[repr(C)]
pub struct Batch {
    pub size: u32,
    pub kind: u32,
    pub rows: *const c_void,
    pub count: usize,
    pub stride: usize,
    pub numbers: *const *const u32,
    pub number_columns: usize,
}

#[repr(C)]
pub struct Problem {
    pub size: u32,
    pub severity: i32,
    pub code: Text,
    pub message: Text,
    pub member: Text,
    pub line: u64,
    pub column: u64,
    pub value: Text,
    pub raw: Text,
    pub kind: u32,
    pub reserved: u32,
}

#[repr(C)]
pub struct Host {
    pub size: u32,
    pub minor: u32,
    pub context: *mut c_void,
    pub log: extern "C" fn(*mut c_void, i32, Text),
    pub report: extern "C" fn(*mut c_void, *const Problem) -> Status,
    pub lose: extern "C" fn(*mut c_void, *const c_void) -> Status,
    pub progress: extern "C" fn(*mut c_void, u64, u64) -> Status,
    pub extension: extern "C" fn(*mut c_void, Text) -> *const c_void,
}

#[repr(C)]
pub struct Member {
    pub size: u32,
    pub reserved: u32,
    pub name: Text,
    pub byte_count: u64,
}

#[repr(C)]
pub struct Input {
    pub size: u32,
    pub member_count: u32,
    pub context: *mut c_void,
    pub describe: extern "C" fn(*mut c_void, u32, *mut Member) -> Status,
    pub head: extern "C" fn(*mut c_void, u32, *mut c_void, usize, *mut usize) -> Status,
    pub open: extern "C" fn(*mut c_void, u32) -> Status,
    pub read: extern "C" fn(*mut c_void, *mut c_void, usize, *mut usize) -> Status,
}

#[repr(C)]
pub struct Sink {
    pub size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub put: extern "C" fn(*mut c_void, *const Batch) -> Status,
}

#[repr(C)]
pub struct Probe {
    pub size: u32,
    pub confidence: u32,
    pub reason: [u8; 160],
}

#[repr(C)]
pub struct Capability {
    pub kind: u32,
    pub reserved: u32,
    pub reads: u64,
    pub writes: u64,
    pub reduces: u64,
    pub needs: u64,
    pub rule: Text,
}

#[repr(C)]
pub struct Format {
    pub size: u32,
    pub flags: u32,
    pub identifier: Text,
    pub alias: Text,
    pub version: Text,
    pub title: Text,
    pub extensions: Text,
    pub member_name: Text,
    pub capabilities: *const Capability,
    pub options: *const c_void,
    pub capability_count: u32,
    pub option_count: u32,
}

#[repr(C)]
pub struct Adapter {
    pub size: u32,
    pub minor: u32,
    pub identifier: Text,
    pub version: Text,
    pub vendor: Text,
    pub license: Text,
    pub formats: *const Format,
    pub format_count: usize,
    pub context: *const c_void,
    pub probe:
        extern "C" fn(*const Adapter, *const Host, *const Input, u32, *mut Probe) -> Status,
    pub read: extern "C" fn(
        *const Adapter,
        *const Host,
        *const Input,
        *const c_void,
        *const Sink,
    ) -> Status,
    pub open: extern "C" fn(
        *const Adapter,
        *const Host,
        *const c_void,
        *const c_void,
        *mut *mut c_void,
    ) -> Status,
    pub put: extern "C" fn(*const Adapter, *mut c_void, *const Batch) -> Status,
    pub close: extern "C" fn(*const Adapter, *mut c_void, i32) -> Status,
    pub extension: extern "C" fn(*const Adapter, Text) -> *const c_void,
}

// The tables never change after the library was loaded.
unsafe impl Sync for Adapter {}
unsafe impl Sync for Format {}
unsafe impl Sync for Capability {}

/// The size that a struct tells about itself.
pub const fn size_of<T>() -> u32 {
    core::mem::size_of::<T>() as u32
}

// The layout of version 1.0.
const _: () = {
    assert!(core::mem::size_of::<Text>() == 16);
    assert!(core::mem::size_of::<Origin>() == 16);
    assert!(core::mem::size_of::<Batch>() == 48);
};
