package io.rolloutlab.twin.edge;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One container of the edge: its workers are replaced by a reload. */
public final class Nginx {
  private static final int FIRST_PID = 20;

  private final Task task;
  private final Chance chance;
  private final int size;
  private List<Worker> workers = List.of();
  private int lastPid = FIRST_PID;
  private long connections;
  private long answered;

  /** A process that serves; when it is retired it takes no new requests. */
  static final class Worker {
    private final int pid;
    private final Upstreams upstreams;
    private boolean retired;

    Worker(int pid, Upstreams upstreams) {
      this.pid = pid;
      this.upstreams = upstreams;
    }

    int pid() {
      return pid;
    }

    Upstreams upstreams() {
      return upstreams;
    }
  }

  /** A user's connection: it stays with the worker that accepted it. */
  public static final class Connection {
    private final Nginx nginx;
    private final Worker worker;
    private final long number;
    private long requests;
    private boolean busy;
    private Runnable next;
    private Runnable unread;

    Connection(Nginx nginx, Worker worker, long number) {
      this.nginx = nginx;
      this.worker = worker;
      this.number = number;
    }

    Nginx nginx() {
      return nginx;
    }

    Worker worker() {
      return worker;
    }

    long number() {
      return number;
    }

    /** The tasks that its worker takes to be behind a name now. */
    public List<Task> behind(String service) {
      return worker.upstreams().behind(service);
    }

    /** A reload closes kept connections, as the stop does; one at work only when that is done. */
    public boolean usable() {
      return busy || !closes();
    }

    private boolean closes() {
      return worker.retired || nginx.stops();
    }

    /**
     * Reads a request when the one before it is over with its copy: what a slow mirror delays.
     *
     * @param request what follows then
     * @param lost what follows when the worker, retired meanwhile, closes the connection instead
     */
    public void take(Runnable request, Runnable lost) {
      if (busy) {
        next = request;
        unread = lost;
      } else if (nginx.stops()) {
        lost.run();
      } else {
        busy = true;
        nginx.task.app().hold();
        request.run();
      }
    }

    /** A request is over with its copy. */
    void free() {
      busy = false;
      nginx.task.app().release();
      Runnable waiting = next;
      next = null;
      if (waiting != null && closes()) {
        unread.run();
      } else if (waiting != null) {
        take(waiting, unread);
      }
    }

    long nextRequest() {
      return ++requests;
    }
  }

  /**
   * @param size how many workers it has
   */
  public Nginx(Task task, Chance chance, int size) {
    this.size = size;
    this.task = task;
    this.chance = chance;
  }

  public Task task() {
    return task;
  }

  /** Its container, as hits name it. */
  String name() {
    return task.app().container();
  }

  /**
   * Whether it takes nothing new any more. At SIGQUIT, the stop signal of its image, nginx closes
   * what it listens on and what is idle, and ends with the last request that it has in hand
   * (ngx_process_cycle.c: ngx_master_process_cycle, ngx_worker_process_cycle).
   */
  public boolean stops() {
    return task.app().stops();
  }

  /** New workers serve; the old ones end what they have in hand. */
  public void reload(Supplier<Upstreams> upstreams) {
    workers.forEach(worker -> worker.retired = true);
    List<Worker> fresh = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      fresh.add(new Worker(++lastPid, upstreams.get()));
    }
    workers = fresh;
  }

  /** Whether it has routes to serve by. */
  public boolean serves() {
    return !workers.isEmpty();
  }

  public Connection connect() {
    return new Connection(this, workers.get(chance.below(workers.size())), ++connections);
  }

  void answered() {
    answered++;
  }

  /** Requests answered so far. */
  public long requests() {
    return answered;
  }
}
