extension PinnedContexts {
  /// The terms of `https://www.w3.org/ns/credentials/status/v1`.
  static let statusV1 = #"""
    {"@context":{"@protected":true,"id":"@id","type":"@type",
    "BitstringStatusListCredential":"https://www.w3.org/ns/credentials/status#BitstringStatusListCredential",
    "BitstringStatusList":{"@id":"https://www.w3.org/ns/credentials/status#BitstringStatusList",
    "@context":{"@protected":true,"id":"@id","type":"@type",
    "encodedList":{"@id":"https://www.w3.org/ns/credentials/status#encodedList",
    "@type":"https://w3id.org/security#multibase"},
    "statusPurpose":"https://www.w3.org/ns/credentials/status#statusPurpose",
    "ttl":"https://www.w3.org/ns/credentials/status#ttl"}},
    "BitstringStatusListEntry":{"@id":"https://www.w3.org/ns/credentials/status#BitstringStatusListEntry",
    "@context":{"@protected":true,"id":"@id","type":"@type",
    "statusListCredential":{"@id":"https://www.w3.org/ns/credentials/status#statusListCredential",
    "@type":"@id"},"statusListIndex":"https://www.w3.org/ns/credentials/status#statusListIndex",
    "statusPurpose":"https://www.w3.org/ns/credentials/status#statusPurpose",
    "statusMessage":{"@id":"https://www.w3.org/ns/credentials/status#statusMessage",
    "@context":{"@protected":true,"id":"@id","type":"@type",
    "message":"https://www.w3.org/ns/credentials/status#message",
    "status":"https://www.w3.org/ns/credentials/status#status"}},
    "statusReference":{"@id":"https://www.w3.org/ns/credentials/status#statusReference",
    "@type":"@id"},"statusSize":{"@id":"https://www.w3.org/ns/credentials/status#statusSize",
    "@type":"https://www.w3.org/2001/XMLSchema#integer"}}}}}
    """#
}
