package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.wire.CustomerUserUpdate;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Test classes as users write them, which {@link VidameExtensionTest} runs and watches. */
final class Examples {
  private Examples() {}

  static void rename(Vidame vidame, String name) {
    vidame
        .client()
        .customers()
        .byId(FoundingDocument.CUSTOMER)
        .users()
        .byId(FoundingDocument.USER)
        .patch(CustomerUserUpdate.builder().displayName(name).build());
  }

  static String name(Vidame vidame) {
    return String.valueOf(
        vidame
            .client()
            .customers()
            .byId(FoundingDocument.CUSTOMER)
            .users()
            .byId(FoundingDocument.USER)
            .get()
            .displayName());
  }

  @VidameTest
  static final class Passing {
    @Test
    void renames(Vidame vidame) {
      rename(vidame, "Silent");
    }
  }

  @VidameTest
  static final class Failing {
    @Test
    void fails(Vidame vidame) {
      rename(vidame, "Told");
      try (Http http = new Http(vidame)) {
        SeededPartner partner = vidame.foundingPartner();
        http.send(
            "POST",
            "/" + partner.id() + "/oauth2/token",
            "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(partner.applicationId(), partner.applicationSecret()));
      }
      throw new AssertionError("as it should");
    }
  }

  static final class Registered {
    @RegisterExtension static final VidameExtension VIDAME = VidameExtension.standard();

    private static SeededUser shared;

    @BeforeAll
    static void share() {
      shared = VIDAME.get().user().name("shared").create();
    }

    private void changeAll() {
      Vidame vidame = VIDAME.get();
      assertThat(name(vidame)).isEqualTo("Display name");
      rename(vidame, "Changed");
      try (Http http = new Http(vidame)) {
        assertThat(http.sendAsAdmin("DELETE", shared.path(), "").statusCode()).isEqualTo(204);
      }
    }

    @Test
    void one() {
      changeAll();
    }

    @Test
    void other() {
      changeAll();
    }

    @Nested
    class Within {
      private static SeededUser inner;

      @BeforeAll
      static void makeMore() {
        assertThat(name(VIDAME.get())).isEqualTo("Display name");
        inner = VIDAME.get().user().name("inner").create();
      }

      private void changeMore() {
        changeAll();
        try (Http http = new Http(VIDAME.get())) {
          assertThat(http.sendAsAdmin("DELETE", inner.path(), "").statusCode()).isEqualTo(204);
        }
      }

      @Test
      void third() {
        changeMore();
      }

      @Test
      void fourth() {
        changeMore();
      }
    }
  }

  /** Two classes that meet while their tests run, each on its own server. */
  static final class Meeting {
    static final Set<URI> SERVERS = ConcurrentHashMap.newKeySet();

    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    private Meeting() {}

    static void meet(Vidame vidame, String own)
        throws InterruptedException, BrokenBarrierException, TimeoutException {
      SERVERS.add(vidame.baseUri());
      rename(vidame, own);
      BOTH.await(30, TimeUnit.SECONDS);
      vidame.reset();
      rename(vidame, own);
      BOTH.await(30, TimeUnit.SECONDS);
      assertThat(name(vidame)).isEqualTo(own);
    }
  }

  @VidameTest
  @Execution(ExecutionMode.CONCURRENT)
  static final class First {
    @Test
    void meets(Vidame vidame) throws Exception {
      Meeting.meet(vidame, "First");
    }
  }

  @VidameTest
  @Execution(ExecutionMode.CONCURRENT)
  static final class Second {
    @Test
    void meets(Vidame vidame) throws Exception {
      Meeting.meet(vidame, "Second");
    }
  }

  /** Tests of one class that would run beside each other. */
  @VidameTest
  @Execution(ExecutionMode.CONCURRENT)
  static final class TakingTurns {
    private static void renameAlone(Vidame vidame) {
      assertThat(name(vidame)).isEqualTo("Display name");
      rename(vidame, "One");
      assertThat(name(vidame)).isEqualTo("One");
    }

    @Test
    void one(Vidame vidame) {
      renameAlone(vidame);
    }

    @Test
    void two(Vidame vidame) {
      renameAlone(vidame);
    }

    @Test
    void three(Vidame vidame) {
      renameAlone(vidame);
    }
  }

  /** The annotation on a class with another one in it. */
  @VidameTest
  static final class Around {
    @Test
    void renames(Vidame vidame) {
      renameAlone(vidame);
    }

    private static void renameAlone(Vidame vidame) {
      assertThat(name(vidame)).isEqualTo("Display name");
      rename(vidame, "Changed");
    }

    @Nested
    class Within {
      private final URI server;

      Within(Vidame vidame) {
        server = vidame.baseUri();
      }

      @Test
      void renamesAgain(Vidame vidame) {
        assertThat(vidame.baseUri()).isEqualTo(server);
        renameAlone(vidame);
      }
    }
  }

  static final class NotStatic {
    @RegisterExtension final VidameExtension vidame = VidameExtension.standard();

    @Test
    void doesNotBegin() {
      assertThat(vidame).as("it must not come this far").isNull();
    }
  }
}
