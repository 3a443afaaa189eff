/**
 * The Java client of the customers and users API. It speaks to Vidame and to Microsoft's Partner
 * Center.
 *
 * <p>{@link dev.vidame.sdk.PartnerClient} is the way in: it leads from the partner to a customer to
 * a user account, and the last step has the operations. {@link dev.vidame.sdk.OAuthCredential}
 * signs in. Lists are {@link dev.vidame.sdk.Pages}. Failures are {@link
 * dev.vidame.sdk.PartnerException}, whose subclasses ask for different reactions.
 *
 * {@snippet :
 * PartnerCredential credential =
 *     OAuthCredential.builder()
 *         .tokenEndpoint(TokenEndpoint.of(URI.create("https://vidame.example"), "contoso.example"))
 *         .clientId(clientId)
 *         .refreshToken(RefreshTokenStore.inMemory(refreshToken))
 *         .build();
 * PartnerClient partner =
 *     PartnerClient.builder()
 *         .endpoint(URI.create("https://vidame.example"))
 *         .credential(credential)
 *         .build();
 *
 * CustomerUser user =
 *     partner
 *         .customers()
 *         .byId(customerId)
 *         .users()
 *         .byId(userId)
 *         .patch(CustomerUserUpdate.builder().displayName("Grace Hopper").build());
 * }
 *
 * <p>All types but the builders are thread-safe. Ids, accounts, billing profiles and addresses are
 * the records of {@code dev.vidame.wire}; what else the API answers is read into records here,
 * which take what Vidame and Partner Center answer alike: members may be missing, and values of
 * enumerations that this version does not know are kept or read as {@code UNRECOGNIZED}.
 */
@NullMarked
package dev.vidame.sdk;

import org.jspecify.annotations.NullMarked;
