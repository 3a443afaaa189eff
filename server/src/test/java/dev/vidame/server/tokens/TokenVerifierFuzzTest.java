package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import dev.vidame.harness.Corpus;
import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.server.tokens.Verification.Rejected;
import dev.vidame.server.tokens.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Whatever the claims of a token are, they are accepted or rejected; with a signature that is not
 * right, they are never accepted. The input is a header, a line end and the claims.
 */
final class TokenVerifierFuzzTest {
  private static final Clock CLOCK = Clock.fixed(World.START, ZoneOffset.UTC);
  private static final TokenVerifier BELIEVING = verifier(true);
  private static final TokenVerifier DOUBTING = verifier(false);

  private static TokenVerifier verifier(boolean isRight) {
    TokenSettings settings = TokenSettings.standard();
    return new TokenVerifier(
        id -> Optional.of(new Signature(isRight)),
        new ServiceNames(() -> World.ADDRESS, settings.audiences()),
        settings,
        CLOCK);
  }

  /** Every signature is right, or none is, so that the fuzzer comes to what is behind it. */
  private record Signature(boolean isRight) implements JWSVerifier {
    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
      return isRight;
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
      return Set.of(JWSAlgorithm.RS256);
    }

    @Override
    public JCAContext getJCAContext() {
      return new JCAContext();
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = Math.max(text.indexOf('\n'), 0);
    String token = encoded(text.substring(0, end)) + "." + encoded(text.substring(end)) + ".c2ln";

    Verification verification = BELIEVING.verify(token);

    if (verification instanceof Verified(Caller caller)) {
      assertThat(caller.expiresAt())
          .isAfter(World.START.minus(TokenSettings.standard().clockSkew()));
      assertThat(text).contains(caller.partner().toString().substring(24), "RS256");
      assertThat(BELIEVING.verify(token)).isEqualTo(verification);
      assertThat(BELIEVING.audienceBesideApi(token)).isNotNull();
      assertThat(DOUBTING.verify(token)).isEqualTo(new Rejected(Reason.SIGNATURE));
    } else {
      assertThat(verification).isInstanceOf(Rejected.class);
      assertThat(DOUBTING.verify(token)).isInstanceOf(Rejected.class);
    }
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
