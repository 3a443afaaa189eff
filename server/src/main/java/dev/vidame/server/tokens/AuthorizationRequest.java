package dev.vidame.server.tokens;

import dev.vidame.directory.partners.Application;
import org.jspecify.annotations.Nullable;

/**
 * An application's wish to act for somebody, found good.
 *
 * @param application who wishes
 * @param partnerName whose it is, for people
 * @param back where the answer goes, with what is in every answer
 * @param challenge binds the code to the application; null where its secret and the nonce do
 * @param nonce for the id token; null for none
 * @param idToken which form of an id token goes with the code; null for none
 * @param audience what the tokens will be for
 * @param loginHint who is likely to sign in; null where the application does not say
 */
@SuppressWarnings("TooManyParameters") // all that is known of a wish
public record AuthorizationRequest(
    Application application,
    String partnerName,
    SentBack back,
    @Nullable String challenge,
    @Nullable String nonce,
    @Nullable TokenVersion idToken,
    String audience,
    @Nullable String loginHint) {}
