package dev.vidame.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PartnerClient} for callers that must not block. Each call runs on the executor in the
 * blocking way, and its result or its {@link PartnerException} completes the future. Thread-safe.
 *
 * {@snippet :
 * CompletableFuture<CustomerUser> account =
 *     partner
 *         .async(executor)
 *         .call(client -> client.customers().byId(customer).users().byId(user).get());
 * }
 */
public final class AsyncPartner {
  private final PartnerClient partner;
  private final Executor executor;

  AsyncPartner(PartnerClient partner, Executor executor) {
    this.partner = partner;
    this.executor = executor;
  }

  /**
   * Makes a call, or several one after the other.
   *
   * @param call what to do with the client
   * @return the result; cancelling it interrupts the call, and a change that was under way then may
   *     or may not have been made
   */
  public <T extends @Nullable Object> CompletableFuture<T> call(
      Function<? super PartnerClient, ? extends T> call) {
    CancellableFuture<T> result = new CancellableFuture<>();
    FutureTask<@Nullable Void> task = new FutureTask<>(() -> run(call, result), null);
    result.task = task;
    executor.execute(task);
    return result;
  }

  private <T extends @Nullable Object> void run(
      Function<? super PartnerClient, ? extends T> call, CompletableFuture<T> result) {
    try {
      result.complete(call.apply(partner));
    } catch (RuntimeException | Error e) {
      // Whatever it is belongs to whoever waits for the future; there is no other way to them.
      result.completeExceptionally(e);
    }
  }

  /** Interrupts the thread that works for it when it is cancelled. */
  private static final class CancellableFuture<T extends @Nullable Object>
      extends CompletableFuture<T> {
    private volatile @Nullable FutureTask<@Nullable Void> task;

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean isCancelled = super.cancel(mayInterruptIfRunning);
      FutureTask<@Nullable Void> running = task;
      if (isCancelled && running != null) {
        running.cancel(true);
      }
      return isCancelled;
    }
  }
}
