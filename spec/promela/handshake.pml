/* SPDX-License-Identifier: Apache-2.0
 *
 * The migration handshake of docs/protocol.md, written down a second time and in another language: from the rules, not
 * from model/qp. Each macro names the rule it is. What the two formulations can reach is compared state by state
 * (internal/abstract), so a mistake has to be made twice, and alike, to stay hidden.
 *
 * The world: side B has a queue pair in place 0, side A one in place 1, which may move to place 2; with BOTH=1 that of
 * B may move to place 3. All NA and NB one-packet SENDs are posted at the start, and so are the receives for them. A
 * link leads from each place to each place of the other side: FIFO, CAP packets long; what does not fit is lost, and with
 * LOSS=1 anything may be; with HARSH=1 two packets on a link may change places, and one may be doubled. Any armed timer may run out at any time. Every addressee is named by its place plus 1.
 *
 * A field that means nothing in a state is 0 there, so that a state of this model is what the rules know and no more.
 * Each d_step is one step of docs/architecture.md: what is between two of them is a state.
 */
#ifndef NA
#define NA 1
#endif
#ifndef NB
#define NB 1
#endif
#ifndef CAP
#define CAP 1
#endif
#ifndef LOSS
#define LOSS 1
#endif
#ifndef HARSH
#define HARSH 0
#endif
#ifndef BOTH
#define BOTH 0
#endif
#define RETRY 1   /* retry_cnt */
#define PROBES 1  /* mig_probe_limit */
#define RESUMES 1 /* mig_resume_limit */
#if BOTH
#define PLACES 4
#define LINKS 8
#else
#define PLACES 3
#define LINKS 4
#endif

/* States; 0 is a place without a queue pair. */
#define RTS 1
#define PAUSED 2
#define STOPPED 3
#define ERR 4

/* The one timer. */
#define ACK_TIMER 1
#define LEASE 2
#define RESUME_TIMER 3

/* Why a queue pair is in ERR, until its oldest work request has said so. */
#define RETRY_EXC 1
#define MIGRATION_LOST 2
#define FENCED 3

/* Packets. */
#define SEND 1
#define ACK 2
#define NAK_SEQ 3
#define NAK_STOPPED 4
#define RESUME 5
#define RESUME_ACK 6
#define REDIRECT 7
#define STALE 8

typedef QP {
  byte st; byte why; byte ep; byte peer; bit pend; bit rest; byte tmr;
  byte una; byte max; bit back; byte cur; byte ok; byte fl; byte retry;
  byte epsn; bit nak; bit probe; byte probes; byte resumes; byte rem; byte fwd
}
QP q[PLACES];

/* A migration: 0 at home, 1 stalled, 2 loaded, 3 activated, 4 tombstone released, 5 rolled back. */
byte phase[1 + BOTH];

/* kind, PSN, epoch, peer_epoch, ePSN, address, sent. */
chan link[LINKS] = [CAP] of { byte, byte, byte, byte, byte, byte, byte };

/* Scratch, used within one step only. */
hidden byte k; hidden byte s; hidden byte e; hidden byte pe; hidden byte n; hidden byte ad; hidden byte sn;
hidden byte l;

#define SIDE_A(p) ((p) == 1 || (p) == 2)
#define POSTED(p) (SIDE_A(p) -> NA : NB)
/* Links 0.. lead from A's places 1, 2 to B's; the second half leads back. */
#define LINK(f, t) (SIDE_A(f) -> 2*((t)/3) + (f) - 1 : LINKS/2 + 2*((f)/3) + (t) - 1)
#define MOVED(m) (phase[m] == 3 || phase[m] == 4)
/* Where the container of a side is, as its driver knows. */
#define HOME_A (MOVED(0) -> 2 : 1)
#if BOTH
#define HOME_B (MOVED(1) -> 3 : 0)
#else
#define HOME_B 0
#endif
#define HOME(p) (SIDE_A(p) -> HOME_A : HOME_B)
#define PARTNER(p) (SIDE_A(p) -> HOME_B : HOME_A)

/* Ends each step: the state is written down if that was asked for. */
c_decl { \#include "dump.h" };
#define emit() c_code { DUMP_STATE(PLACES, 1 + BOTH, LINKS); }

inline tx(from, to, kind, seq, own, known, expected, addr, more) {
  l = LINK(from, (to) - 1);
  if
  :: len(link[l]) < CAP -> link[l]!kind,seq,own,known,expected,addr,more
  :: else -> skip /* lost */
  fi
}

/* Section 3: METH carries the sender's epoch, the last epoch of the receiver it knows, its ePSN, an address and how many
 * PSNs it has sent from its una on, which is the PSN. */
inline migration(p, to, kind, addr) {
  tx(p, to, kind, q[p].una, q[p].ep, q[p].peer, q[p].epsn, addr, q[p].max - q[p].una)
}
inline meth(p, to, kind) { migration(p, to, kind, p + 1) }

inline full_budgets(p) { q[p].retry = RETRY }

inline go_back(p) { q[p].back = 1; q[p].cur = 0 }

inline fail(p, reason) {
  q[p].st = ERR; q[p].why = reason; q[p].tmr = 0; q[p].pend = 0; q[p].probe = 0;
  q[p].back = 0; q[p].cur = 0; q[p].retry = 0; q[p].nak = 0; q[p].probes = 0; q[p].resumes = 0
}

/* Everything below x was executed: progress, which refills the budgets. If the requester is resending what has arrived
 * after all, it goes back to the new una. */
inline acknowledged(p, x) {
  if
  :: x > q[p].una ->
     q[p].una = x;
     full_budgets(p);
     if
     :: !q[p].back && q[p].cur < x -> go_back(p)
     :: else -> skip
     fi
  :: else -> skip
  fi
}

/* R6: the announcement, which depends on nothing else. */
inline announce(p) { meth(p, q[p].rem, RESUME); q[p].tmr = RESUME_TIMER }

/* R6, R10: activation. A tombstone takes an epoch that is newer than its copy's. */
inline activate(p) {
  q[p].st = RTS;
  if
  :: q[p].rest -> q[p].rest = 0
  :: else -> q[p].ep = q[p].ep + 2
  fi;
  q[p].fwd = 0; q[p].pend = 1; q[p].resumes = RESUMES;
  go_back(p); full_budgets(p);
  announce(p)
}

/* R1. */
inline stall(p) {
  q[p].st = STOPPED; q[p].tmr = 0; q[p].rest = 0; q[p].pend = 0; q[p].probe = 0;
  q[p].back = 0; q[p].cur = 0; q[p].retry = 0; q[p].nak = 0; q[p].probes = 0; q[p].resumes = 0
}

/* R5: the same context under the next epoch. The fields that are not named are 0 in STOPPED. */
inline load(p, d) {
  q[d].st = STOPPED; q[d].ep = q[p].ep + 1; q[d].peer = q[p].peer; q[d].rest = 1; q[d].una = q[p].una;
  q[d].max = q[p].max; q[d].ok = q[p].ok; q[d].epsn = q[p].epsn; q[d].rem = q[p].rem
}

inline destroy(p) {
  q[p].st = 0; q[p].ep = 0; q[p].peer = 0; q[p].rest = 0; q[p].una = 0; q[p].max = 0; q[p].ok = 0; q[p].fl = 0;
  q[p].epsn = 0; q[p].rem = 0; q[p].fwd = 0
}

/* R2: what a stopped queue pair says to packet k from place f. */
inline stopped(p, f) {
  if
  :: k == SEND && f + 1 == q[p].rem -> tx(p, q[p].rem, NAK_STOPPED, q[p].epsn, q[p].ep, 0, 0, 0, 0)
  :: k == RESUME && ad == f + 1 ->
     if
     :: q[p].fwd -> migration(p, f + 1, REDIRECT, q[p].fwd)
     :: else -> tx(p, f + 1, NAK_STOPPED, q[p].epsn, q[p].ep, 0, 0, 0, 0)
     fi
  :: else -> skip
  fi
}

/* A request in RTS and PAUSED. R6a: while RESUME is pending it is not served, and the partner is told again. Otherwise it
 * is executed at ePSN, acknowledged again below it, and beyond it refused once per gap. */
inline request(p) {
  if
  :: q[p].pend && s <= q[p].epsn -> meth(p, q[p].rem, RESUME)
  :: q[p].pend && s > q[p].epsn -> skip
  :: else -> serve(p)
  fi
}

inline serve(p) {
  if
  :: s == q[p].epsn ->
     assert(p == HOME(p)); /* P5: effects are where the container is */
     q[p].epsn++; q[p].nak = 0;
     tx(p, q[p].rem, ACK, s, 0, 0, 0, 0, 0)
  :: s < q[p].epsn -> tx(p, q[p].rem, ACK, q[p].epsn - 1, 0, 0, 0, 0, 0)
  :: else ->
     if
     :: !q[p].nak -> q[p].nak = 1; tx(p, q[p].rem, NAK_SEQ, q[p].epsn, 0, 0, 0, 0, 0)
     :: else -> skip
     fi
  fi
}

/* R4a: what answers is not stopped. */
inline end_pause(p) {
  if
  :: q[p].st == PAUSED -> q[p].st = RTS; q[p].tmr = 0; q[p].probe = 0; q[p].probes = 0
  :: else -> skip
  fi
}

inline ack(p) {
  if
  :: q[p].una <= s && s < q[p].max ->
     end_pause(p);
     acknowledged(p, s + 1);
     if
     :: q[p].tmr == ACK_TIMER && (q[p].una == q[p].max || q[p].back) -> q[p].tmr = 0
     :: else -> skip /* and what is still unacknowledged has the time anew */
     fi
  :: else -> skip
  fi
}

inline sequence_nak(p) {
  if
  :: q[p].una <= s && s < q[p].max && s == q[p].una && q[p].back -> end_pause(p)
  :: q[p].una <= s && s < q[p].max && !(s == q[p].una && q[p].back) ->
     end_pause(p);
     if
     :: s == q[p].una && q[p].retry == 0 -> fail(p, RETRY_EXC)
     :: else ->
        if
        :: s == q[p].una -> q[p].retry--
        :: else -> acknowledged(p, s)
        fi;
        go_back(p);
        if
        :: q[p].tmr == ACK_TIMER -> q[p].tmr = 0
        :: else -> skip
        fi
     fi
  :: else -> skip
  fi
}

/* R3. */
inline nak_stopped(p) {
  if
  :: e >= q[p].peer && q[p].una <= s && s <= q[p].max ->
     full_budgets(p);
     if
     :: q[p].pend -> q[p].resumes = RESUMES
     :: else ->
        q[p].st = PAUSED; q[p].tmr = LEASE; q[p].probe = 0; q[p].probes = PROBES;
        go_back(p)
     fi
  :: else -> skip
  fi
}

/* R7: each side's ePSN lies in what the other has sent and has not seen acknowledged, or just behind it. */
#define AGREES(p) (q[p].una <= n && n <= q[p].max && s <= q[p].epsn && q[p].epsn <= s + sn)

/* R7. */
inline resume(p, f) {
  if
  :: e == q[p].peer && f + 1 == q[p].rem && ad == q[p].rem ->
     /* R7: known already. What was sent meanwhile is lost (R6a). */
     end_pause(p);
     go_back(p); full_budgets(p);
     if
     :: !q[p].pend -> q[p].tmr = 0
     :: else -> skip
     fi;
     meth(p, q[p].rem, RESUME_ACK)
  :: e == q[p].peer && !(f + 1 == q[p].rem && ad == q[p].rem) -> skip
  :: e != q[p].peer && (e < q[p].peer || !AGREES(p)) -> meth(p, f + 1, STALE)
  :: e > q[p].peer && AGREES(p) && ad != f + 1 -> skip
  :: e > q[p].peer && AGREES(p) && ad == f + 1 ->
     q[p].rem = ad; q[p].peer = e;
     q[p].st = RTS; q[p].probe = 0; q[p].probes = 0; q[p].nak = 0;
     acknowledged(p, n);
     go_back(p); full_budgets(p);
     if
     :: !q[p].pend -> q[p].tmr = 0
     :: else -> skip
     fi;
     meth(p, q[p].rem, RESUME_ACK)
  fi
}

/* R8, R9: answers to the own RESUME. */
inline answer(p, f) {
  if
  :: !q[p].pend || f + 1 != q[p].rem -> skip
  :: else ->
     if
     :: k == RESUME_ACK && pe == q[p].ep && q[p].una <= n && n <= q[p].max ->
        q[p].pend = 0; q[p].tmr = 0; q[p].resumes = 0;
        acknowledged(p, n);
        go_back(p); full_budgets(p)
     :: k == REDIRECT && e >= q[p].peer ->
        q[p].rem = ad;
        announce(p)
     :: k == STALE && (pe > q[p].ep || n > q[p].max || s > q[p].epsn) -> fail(p, FENCED)
     :: else -> skip
     fi
  fi
}

/* A link from place f to place p. */
proctype wire(byte f; byte p) {
  do
  :: d_step {
       link[LINK(f, p)]?k,s,e,pe,n,ad,sn ->
       if
       :: q[p].st == STOPPED -> stopped(p, f)
       :: q[p].st == RTS || q[p].st == PAUSED ->
          if
          :: k == RESUME -> resume(p, f)
          :: k > RESUME -> answer(p, f)
          :: k < RESUME && f + 1 != q[p].rem -> skip /* R11 */
          :: k == SEND && f + 1 == q[p].rem -> request(p)
          :: k == ACK && f + 1 == q[p].rem -> ack(p)
          :: k == NAK_SEQ && f + 1 == q[p].rem -> sequence_nak(p)
          :: k == NAK_STOPPED && f + 1 == q[p].rem -> nak_stopped(p)
          fi
       :: else -> skip
       fi;
       emit()
     }
#if LOSS
  :: d_step { link[LINK(f, p)]?_,_,_,_,_,_,_ -> emit() }
#endif
#if HARSH
  :: d_step {
       len(link[LINK(f, p)]) == 2 ->
       link[LINK(f, p)]?k,s,e,pe,n,ad,sn; link[LINK(f, p)]!k,s,e,pe,n,ad,sn;
       emit()
     }
  :: d_step {
       len(link[LINK(f, p)]) > 0 && len(link[LINK(f, p)]) < CAP ->
       link[LINK(f, p)]?k,s,e,pe,n,ad,sn; link[LINK(f, p)]!k,s,e,pe,n,ad,sn; link[LINK(f, p)]!k,s,e,pe,n,ad,sn;
       emit()
     }
#endif
  od
}

/* What the queue pair in place p does by itself. */
proctype nic(byte p) {
  do
  /* Section 8: completions are steps of their own, and come before anything is sent. */
  :: d_step {
       q[p].st != 0 && q[p].st != STOPPED && q[p].ok < q[p].una ->
       assert(q[PARTNER(p)].epsn > q[p].ok); /* P2: no success without its effect */
       q[p].ok++;
       emit()
     }
  :: d_step {
       q[p].st == RTS && !q[p].pend && q[p].ok == q[p].una && (q[p].back -> q[p].una : q[p].cur) < POSTED(p) ->
       if
       :: q[p].back -> q[p].cur = q[p].una; q[p].back = 0
       :: else -> skip
       fi;
       tx(p, q[p].rem, SEND, q[p].cur, 0, 0, 0, 0, 0);
       q[p].cur++;
       if
       :: q[p].cur > q[p].max -> q[p].max = q[p].cur
       :: else -> skip
       fi;
       if
       :: q[p].tmr == 0 -> q[p].tmr = ACK_TIMER
       :: else -> skip
       fi;
       emit()
     }
  /* R4: the probe. */
  :: d_step {
       q[p].st == PAUSED && q[p].probe && q[p].ok == q[p].una && q[p].una < q[p].max ->
       q[p].probe = 0;
       tx(p, q[p].rem, SEND, q[p].una, 0, 0, 0, 0, 0);
       emit()
     }
  /* Flush: the oldest says why, those behind it are flushed. */
  :: d_step {
       q[p].st == ERR && q[p].ok == q[p].una && q[p].ok + q[p].fl < POSTED(p) ->
       q[p].fl++; q[p].why = 0;
       emit()
     }
  :: d_step {
       q[p].tmr == ACK_TIMER ->
       q[p].tmr = 0;
       if
       :: q[p].una == q[p].max -> skip
       :: q[p].una < q[p].max && q[p].retry == 0 -> fail(p, RETRY_EXC)
       :: q[p].una < q[p].max && q[p].retry > 0 -> q[p].retry--; go_back(p)
       fi;
       emit()
     }
  :: d_step { /* R4 */
       q[p].tmr == LEASE ->
       if
       :: q[p].una == q[p].max -> q[p].st = RTS; q[p].tmr = 0; q[p].probe = 0; q[p].probes = 0
       :: q[p].una < q[p].max && q[p].probes == 0 -> fail(p, MIGRATION_LOST)
       :: q[p].una < q[p].max && q[p].probes > 0 -> q[p].probes--; q[p].probe = 1
       fi;
       emit()
     }
  :: d_step { /* R6 */
       q[p].tmr == RESUME_TIMER ->
       if
       :: q[p].resumes == 0 -> fail(p, MIGRATION_LOST)
       :: else -> q[p].resumes--; announce(p)
       fi;
       emit()
     }
  od
}

#define LIVE(p) (q[p].st == RTS || q[p].st == PAUSED)
#define DONE(p, posted) (q[p].ok + q[p].fl == (posted) && (q[p].st == ERR || q[p].st == RTS))
#define ENDED_A ((MOVED(0) && DONE(2, NA)) || (!MOVED(0) && DONE(1, NA)))
#if BOTH
#define ENDED_B ((MOVED(1) && DONE(3, NB)) || (!MOVED(1) && DONE(0, NB)))
#else
#define ENDED_B DONE(0, NB)
#endif

/* The driver of one side moves it from place a to place d, or calls that off. */
proctype driver(byte m; byte a; byte d) {
  do
  :: d_step { phase[m] == 0 && LIVE(a) -> stall(a); phase[m] = 1; emit() }
  :: d_step { phase[m] == 1 -> load(a, d); phase[m] = 2; emit() }
  :: d_step { phase[m] == 1 || phase[m] == 2 -> destroy(d); activate(a); phase[m] = 5; emit() }
  :: d_step {
       phase[m] == 2 ->
       activate(d); phase[m] = 3;
       assert(!LIVE(a)); /* P5 */
       emit()
     }
  :: d_step { phase[m] == 3 && !q[a].fwd -> q[a].fwd = d + 1; emit() }            /* R10a */
  :: d_step { phase[m] == 3 && LIVE(d) && !q[d].pend -> destroy(a); phase[m] = 4; emit() } /* R10a */
  /* P3, P4: where nothing can happen any more, each work request has completed and no queue pair waits. */
  :: d_step { timeout -> assert(ENDED_A && ENDED_B) }
  od
}

init {
  atomic {
    q[0].st = RTS; q[0].retry = RETRY; q[0].rem = 2;
    q[1].st = RTS; q[1].retry = RETRY; q[1].rem = 1;
    run wire(0, 1); run wire(0, 2); run wire(1, 0); run wire(2, 0);
    run nic(0); run nic(1); run nic(2);
    run driver(0, 1, 2);
#if BOTH
    run wire(3, 1); run wire(3, 2); run wire(1, 3); run wire(2, 3);
    run nic(3);
    run driver(1, 0, 3);
#endif
    emit()
  }
}

#ifdef LIVENESS
/* P4 where nothing is lost: whatever the timers do, all work requests complete and the world comes to rest. */
ltl ends { <>[] (ENDED_A && ENDED_B) }
#endif
