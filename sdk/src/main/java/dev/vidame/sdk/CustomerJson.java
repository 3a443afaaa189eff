package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import java.util.LinkedHashMap;
import java.util.Map;

/** The smaller bodies about customers. */
final class CustomerJson {
  private CustomerJson() {}

  static CustomerCompanyProfile companyProfile(byte[] json) {
    return CustomerCompanyProfile.from(JsonBody.parse(json));
  }

  static byte[] endOfRelationship() {
    return ApiCall.json(
        "{\"relationshipToPartner\":\"none\",\"attributes\":{\"objectType\":\"Customer\"}}");
  }

  static byte[] newDomain(String name) {
    Map<String, Object> domain = new LinkedHashMap<>();
    domain.put("authenticationType", "managed");
    domain.put("capability", "email");
    domain.put("isDefault", false);
    domain.put("isInitial", false);
    domain.put("name", name);
    domain.put("status", "verified");
    domain.put("verificationMethod", "dns_record");
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("verifiedDomainName", name);
    members.put("domain", domain);
    return JsonBody.write(members);
  }
}
