"""Inputs 33 to 36: hostile archives."""

import io
import struct
import zipfile
import zlib

import district
from district import expected
from harness import TOOL, equal, outcome, peak, require
from inputs_tables import limit_memory


def add(suite):
    @suite.case(33, "ZIP: names that lead elsewhere, links")
    def _(t):
        good = district.oneroster()
        for n, name in enumerate(["../x.csv", "/abs.csv", "a\\b.csv", "c:x.csv", "a/../../x.csv"]):
            run = t.refused(t.file(f"{n}.zip", zip_with(good, name)), output=f"out{n}")
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = 0o120777 << 16
        link.create_system = 3
        run = t.refused(t.file("link.zip", district.zipped([*good.items(), (link, b"users.csv")])),
                        output="link-out")
        require(not (t.path.parent / "x.csv").exists(), "a file was written outside")
        return outcome(run)

    @suite.case(34, "ZIP bomb, nested, overlapping")
    def _(t):
        header = district.header("results") + "\r\n"
        bomb = dict(district.oneroster(), **{"results.csv": header.encode() + b"0" * 400_000_000})
        run = t.refused(t.file("bomb.zip", district.zipped(bomb)), output="bomb-out",
                        preexec=limit_memory(600 << 20))
        exit_code, held = peak([TOOL, "inspect", str(t.path / "bomb.zip")])
        require(exit_code == 65 and held < 64 << 20, f"exit {exit_code}, {held >> 20} MB were held")
        many = overlapping()
        t.refused(t.file("overlap.zip", many), output="overlap-out")
        inner = district.zipped(district.oneroster())
        other = t.convert(t.file("nested.zip", district.zipped({"inner.zip": inner})),
                          output="nested-out")
        require(other.exit == 65, f"nested: {other}")
        return outcome(run)

    @suite.case(35, "ZIP cut short, bad CRC, header mismatch, encrypted, zip64")
    def _(t):
        good = district.zipped(district.oneroster(), zipfile.ZIP_STORED)
        for n, cut in enumerate([10, len(good) // 2, len(good) - 30, len(good) - 1]):
            t.refused(t.file(f"cut{n}.zip", good[:cut]), output=f"cut-out{n}")
        broken = bytearray(good)
        place = good.index(b"fully graded")
        broken[place] ^= 1
        t.refused(t.file("crc.zip", bytes(broken)), output="crc-out")
        local = bytearray(good)
        local[30] ^= 1
        t.refused(t.file("local.zip", bytes(local)), output="local-out")
        secret = bytearray(good)
        for mark, offset in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
            at = secret.find(mark)
            while at >= 0:
                secret[at + offset] |= 1
                at = secret.find(mark, at + 4)
        run = t.refused(t.file("secret.zip", bytes(secret)), output="secret-out", says=["encrypt"])
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in district.oneroster().items():
                with archive.open(name, "w", force_zip64=True) as member:
                    member.write(content)
        whole = t.read(t.file("zip64.zip", buffer.getvalue()), output="zip64-out")
        equal(whole.scores(), expected())
        return outcome(run)

    @suite.case(36, "ZIP with a name twice")
    def _(t):
        members = list(district.oneroster().items())
        with_twice = quiet(lambda: district.zipped([*members, members[1]]))
        return outcome(t.refused(t.file("twice.zip", with_twice)))

    @suite.case(36, "the same package as folder, zip and stored zip")
    def _(t):
        members = district.oneroster()
        for name, source in [
            ("folder", t.folder("p", members)),
            ("deflated", t.file("d.zip", district.zipped(members))),
            ("stored", t.file("s.zip", district.zipped(members, zipfile.ZIP_STORED))),
        ]:
            run = t.read(source, output=f"out-{name}")
            equal(run.scores(), expected())
        return outcome(run)


def quiet(body):
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return body()


def zip_with(members, name):
    """An archive with one more member whose name is written as it is."""
    stand_in = "N" * len(name)
    return district.zipped([*members.items(), (stand_in, b"x")]).replace(
        stand_in.encode(), name.encode())


def overlapping():
    """An archive whose central entries all point to one local entry."""
    body = zlib.compress(b"0" * 1_000_000, 9)[2:-4]
    crc = zlib.crc32(b"0" * 1_000_000)
    name = b"users.csv"
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), 1_000_000,
                        len(name), 0) + name + body
    central = b""
    for n in range(100):
        other = b"u%04d.csv" % n
        central += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(body),
                               1_000_000, len(other), 0, 0, 0, 0, 0, 0) + other
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 100, 100, len(central), len(local), 0)
    return local + central + end
