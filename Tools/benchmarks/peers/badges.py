"""Verifies one badge again and again with pyld + cryptography and with openbadgeslib.

usage: badges.py BADGE.json [SECONDS]

Prints how many a CPU-second, as badge-benchmark does, on one thread. Contexts come from the files that
openbadgeslib brings along; nothing is fetched.
"""

import hashlib
import json
import pathlib
import sys
import time

import openbadgeslib.ob3 as ob3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyld import jsonld

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
FOLDER = pathlib.Path(ob3.__file__).parent / "contexts"
FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
}
CONTEXTS = {url: json.loads((FOLDER / file).read_text()) for url, file in FILES.items()}


def load(url, options=None):
    """A document loader that knows the built-in contexts only."""
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXTS[url]}


def base58(text):
    """The bytes of a base58btc text without its prefix."""
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def canonical(document):
    """The SHA-256 of the canonical N-Quads of a document."""
    text = jsonld.normalize(
        document,
        {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load},
    )
    return hashlib.sha256(text.encode()).digest()


def verify(text):
    """Verifies the first proof of a badge."""
    badge = json.loads(text)
    proof = badge.pop("proof")[0]
    value = proof.pop("proofValue")
    options = {**proof, "@context": badge["@context"]}
    key = base58(proof["verificationMethod"].split("#")[1][1:])[2:]
    message = canonical(options) + canonical(badge)
    Ed25519PublicKey.from_public_bytes(key).verify(base58(value[1:]), message)


def measure(task, seconds, body):
    """Runs a task for some seconds and prints its rate."""
    body()
    begun, count = time.process_time(), 0
    while time.process_time() - begun < seconds:
        body()
        count += 1
    rate = count / (time.process_time() - begun)
    print(json.dumps({"task": task, "count": count, "per_second": round(rate)}))


def main():
    """Measures both libraries."""
    text = pathlib.Path(sys.argv[1]).read_text()
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 2
    measure("pyld + cryptography verify", seconds, lambda: verify(text))
    measure("openbadgeslib verify", seconds, lambda: ob3.OB3LdpVerifier().verify(text))


main()
