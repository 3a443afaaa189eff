package dev.vidame.sdk;

import java.net.URI;

/**
 * Where Microsoft's own Partner Center is reached.
 *
 * {@snippet :
 * MicrosoftCloud cloud = MicrosoftCloud.PUBLIC;
 * PartnerClient partner =
 *     PartnerClient.builder()
 *         .endpoint(cloud.endpoint())
 *         .credential(
 *             OAuthCredential.builder()
 *                 .tokenEndpoint(cloud.tokenEndpoint("contoso.onmicrosoft.com"))
 *                 .clientId(clientId)
 *                 .refreshToken(store)
 *                 .build())
 *         .build();
 * }
 */
public enum MicrosoftCloud {
  /** The public cloud. */
  PUBLIC("https://api.partnercenter.microsoft.com", "https://login.microsoftonline.com"),
  /** The national cloud that 21Vianet operates in China. It offers no licences and no passwords. */
  CHINA("https://partner.partnercenterapi.microsoftonline.cn", "https://login.chinacloudapi.cn");

  private final URI endpoint;
  private final URI authority;

  MicrosoftCloud(String endpoint, String authority) {
    this.endpoint = URI.create(endpoint);
    this.authority = URI.create(authority);
  }

  /** The API's address, for {@link PartnerClient.Builder#endpoint}. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Where a partner's tokens for this cloud are fetched.
   *
   * @param tenant the partner: its GUID or one of its domains
   */
  public TokenEndpoint tokenEndpoint(String tenant) {
    return TokenEndpoint.of(authority, tenant).withResource(endpoint.toString());
  }
}
