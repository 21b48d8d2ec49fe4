"""Verifies the badges in the working folder with other libraries, and their JSON by schemas."""

import base64
import glob
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
    return {url: json.loads((folder / file).read_text()) for url, file in files.items()}


def schema_checks(name, badge):
    """Checks a badge by both published JSON Schemas, where they are at hand."""
    samples = os.environ.get("CBL_SAMPLES")
    if not samples:
        return
    import jsonschema

    for variant in ("ob3", "ob3-arrays"):
        file = pathlib.Path(samples) / "badges/schemas" / variant
        schema = json.loads((file / "ob_v3p0_achievementcredential_schema.json").read_text())
        validator = jsonschema.Draft201909Validator(schema)
        check(f"{name} schema {variant}", lambda: validator.validate(badge))


def payload(token):
    """The claims of a token."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


extra = contexts()
for path in sorted(glob.glob("*.json")):
    badge = json.loads(pathlib.Path(path).read_text())
    suites = [proof["cryptosuite"] for proof in badge["proof"]]
    if {"eddsa-rdfc-2022", "ecdsa-sd-2023"} & set(suites):
        check(f"{path} openbadgeslib", lambda: ob3.OB3LdpVerifier().verify(json.dumps(badge)))
    for proof in badge["proof"]:
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
