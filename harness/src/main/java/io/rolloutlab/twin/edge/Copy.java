package io.rolloutlab.twin.edge;

import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.App;

/**
 * The copy of a request for the mirror: nginx tries one address, and throws away what comes of it
 * (ngx_http_mirror_module.c).
 */
final class Copy {
  private final EventQueue.Entry limit;
  private final Runnable over;
  private boolean ended;

  /**
   * Sends it.
   *
   * @param connectLimit how long a connection is waited for, microseconds
   * @param answerLimit how long an answer is waited for then, microseconds
   * @param over what follows when it is answered, or has failed
   */
  Copy(EventQueue queue, Attempt to, long connectLimit, long answerLimit, Runnable over) {
    this.over = over;
    if (to.task() == null) {
      limit = queue.after(0, this::end);
    } else {
      limit = queue.after(to.connects() ? answerLimit : connectLimit, this::end);
      to.send(connectLimit, answer -> heard(to, answer));
    }
  }

  private void heard(Attempt to, App.Answer answer) {
    if (!ended && (answer == App.Answer.OK || answer == App.Answer.ERROR)) {
      to.answered().run();
    }
    end();
  }

  private void end() {
    if (!ended) {
      ended = true;
      limit.cancel();
      over.run();
    }
  }
}
