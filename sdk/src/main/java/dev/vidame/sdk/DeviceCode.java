package dev.vidame.sdk;

import java.net.URI;
import java.time.Instant;

/**
 * What a person needs to sign in with another device. Immutable.
 *
 * {@snippet :
 * PartnerCredential credential =
 *     OAuthCredential.builder()
 *         .tokenEndpoint(
 *             TokenEndpoint.of(URI.create("https://vidame.example"), "contoso.example"))
 *         .clientId(clientId)
 *         .deviceCode(code -> System.err.println(code.message()), RefreshTokenStore.inFile(file))
 *         .build();
 * }
 *
 * @param userCode what to type there
 * @param verificationUri where
 * @param message both in one sentence, in the service's words
 * @param expiresAt until when
 */
public record DeviceCode(String userCode, URI verificationUri, String message, Instant expiresAt) {}
