package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.IssuerSignInTable.Offered;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page on which people say how they sign in. Nobody is told which partners have providers: a
 * provider is offered to who names its domain.
 *
 * @param frame what every page has
 * @param wanted where to go afterwards
 * @param provider whom the named domain belongs to; null before that
 */
record SignInPage(Frame frame, String wanted, @Nullable Offered provider) {
  /** Where people sign in with a password. */
  String passwordPath() {
    return path(ProviderRoutes.PASSWORD);
  }

  /** Where people sign in with the provider. */
  String providerPath() {
    return provider == null ? passwordPath() : path(provider.issuer().id().toString());
  }

  String providerName() {
    return provider == null ? "" : provider.signIn().name();
  }

  private String path(String with) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("to", wanted);
    parameters.put(ProviderRoutes.WITH, with);
    return Lists.address(SignInRoutes.SIGN_IN, parameters);
  }
}
