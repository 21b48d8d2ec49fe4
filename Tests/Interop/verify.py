"""Verifies the badges in the working folder with other libraries, and their JSON by schemas."""

import base64
import glob
import hashlib
import json
import os
import pathlib
import sys

import openbadgeslib.ob3 as ob3
from openvc.verify import verify_credential

failures = 0


def check(name, body):
    """Runs one check and prints what came of it."""
    global failures
    try:
        body()
        print(f"ok      {name}")
    except Exception as error:  # whatever a library throws is a failure
        failures += 1
        print(f"failed  {name}: {type(error).__name__}: {str(error)[:200]}")


def contexts():
    """The contexts that openbadgeslib has built in, by URL."""
    folder = pathlib.Path(ob3.__file__).parent / "contexts"
    base = "https://purl.imsglobal.org/spec/ob/v3p0/"
    files = {
        base + "context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
        base + "extensions.json": "ob-v3p0-extensions.json",
    }
    known = {url: json.loads((folder / file).read_text()) for url, file in files.items()}
    samples = os.environ.get("CBL_SAMPLES")
    if samples:
        for url, name in (
            ("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "clr-2.0.1.json"),
            ("https://www.w3.org/ns/credentials/v2", "credentials-v2.jsonld"),
        ):
            file = pathlib.Path(samples) / "badges/contexts" / name
            known[url] = json.loads(file.read_text())
    return known


def is_record(badge):
    """Whether it is a CLR."""
    return "ClrCredential" in badge["type"]


def schema_checks(name, badge):
    """Checks a badge or a CLR by both published JSON Schemas, where they are at hand."""
    samples = os.environ.get("CBL_SAMPLES")
    if not samples:
        return
    import jsonschema

    files = ["ob3/ob_v3p0_achievementcredential_schema.json"]
    files.append(files[0].replace("ob3/", "ob3-arrays/"))
    if is_record(badge):
        files = ["clr2/clr_v2p0_clrcredential_schema.json"]
    for file in files:
        variant = file.split("/")[0]
        schema = json.loads((pathlib.Path(samples) / "badges/schemas" / file).read_text())
        validator = jsonschema.Draft201909Validator(schema)
        check(f"{name} schema {variant}", lambda: validator.validate(badge))


def signature_check(badge, proof):
    """Checks eddsa-rdfc-2022 with pyld and cryptography alone, as its specification says."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from pyld import jsonld

    def load(url, options=None):
        return {"contextUrl": None, "documentUrl": url, "document": extra[url]}

    def digest(document):
        options = {
            "algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load
        }
        return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()

    rest = {name: value for name, value in proof.items() if name != "proofValue"}
    rest["@context"] = badge["@context"]
    document = {name: value for name, value in badge.items() if name != "proof"}
    # The name of a did:key is the key, in base58 with two bytes before it that say its kind.
    key = base58(proof["verificationMethod"].split("#")[1][1:])[2:]
    Ed25519PublicKey.from_public_bytes(key).verify(
        base58(proof["proofValue"][1:]), digest(rest) + digest(document)
    )


def base58(text):
    """The bytes of a text in base58btc."""
    letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for letter in text:
        number = number * 58 + letters.index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def payload(token):
    """The claims of a token."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


extra = contexts()
for path in sorted(glob.glob("*.json")):
    badge = json.loads(pathlib.Path(path).read_text())
    suites = [proof["cryptosuite"] for proof in badge["proof"]]
    # openbadgeslib reads badges only, and nobody has the context of CLR 2.0 built in.
    if is_record(badge) and not os.environ.get("CBL_SAMPLES"):
        print(f"skipped {path}: CBL_SAMPLES names no folder with the context of CLR 2.0")
        continue
    if not is_record(badge) and {"eddsa-rdfc-2022", "ecdsa-sd-2023"} & set(suites):
        check(f"{path} openbadgeslib", lambda: ob3.OB3LdpVerifier().verify(json.dumps(badge)))
    for proof in badge["proof"]:
        if is_record(badge) and proof["cryptosuite"] == "eddsa-rdfc-2022":
            # openvc-core compacts what it has expanded, and refuses every CLR because the context
            # of CLR 2.0 does not lead back, not even from the example of 1EdTech.
            check(f"{path} pyld and cryptography", lambda: signature_check(badge, proof))
            continue
        one = {**badge, "proof": proof}
        check(
            f"{path} openvc-core {proof['cryptosuite']}",
            lambda: verify_credential(
                one,
                extra_contexts=extra,
                resolve_status_list=lambda url: json.loads(
                    pathlib.Path("list.status").read_text()
                ),
            ),
        )
    schema_checks(path, badge)
for path in sorted(glob.glob("*.jwt")):
    # openvc-core reads tokens of version 1.1 of the data model only, which ours are not.
    token = pathlib.Path(path).read_text().strip()
    issuer = payload(token)["iss"]
    check(
        f"{path} openbadgeslib",
        lambda: ob3.OB3Verifier.for_issuer_did(issuer).verify(token),
    )
sys.exit(1 if failures else 0)
