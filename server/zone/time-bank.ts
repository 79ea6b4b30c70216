/** Ticks that a player may be owed: 500 ms at 60 Hz. What was not played by then is lost. */
export const TIME_BANK_TICKS = 30;
/** Tick by which the first command waits, so that the second packet may be a little later than even. */
const START_DELAY_TICKS = 1;
/** Over so many ticks a debt must stand before it is forgiven: one second. */
const WINDOW_TICKS = 60;

/**
 * The time that one player has coming. Every server tick owes the player one command's worth; every command that runs takes one
 * away. So commands run at the pace of time; those that come late are run as soon as they are there; and whoever sends more than
 * there is time for, waits. A debt that stands for a second, though commands keep coming, is a player that runs behind: it is
 * forgiven, or it would be a stock of speed to be used at will.
 */
export class TimeBank {
  #owedTicks = 0;
  #started = false;
  #windowTicks = 0;
  #windowRan = 0;
  #leastOwed = TIME_BANK_TICKS;
  /** Commands that ran, and those of them that ran later than in their tick. */
  executed = 0;
  late = 0;
  /** Ticks of this player's time that went by unused, for good. */
  lostTicks = 0;

  /** Commands that are due and have not come: 0 while all is on time, at most `TIME_BANK_TICKS`. */
  get owedTicks(): number {
    return Math.max(0, this.#owedTicks);
  }

  /** A server tick begins. `commandsWait`: time does not run for a player before the first command. */
  beginTick(commandsWait: boolean): void {
    if (!this.#started) {
      if (!commandsWait) return;
      this.#started = true;
      this.#owedTicks = -START_DELAY_TICKS;
    }
    this.grant(1);
  }

  /** Owes more: ticks that the server itself gave up are not the player's fault. */
  grant(ticks: number): void {
    if (!this.#started) return;
    const owed = this.#owedTicks + ticks;
    this.#owedTicks = Math.min(owed, TIME_BANK_TICKS);
    this.lostTicks += owed - this.#owedTicks;
  }

  /** Takes the time of one command, if there is any. */
  spend(): boolean {
    if (this.#owedTicks <= 0) return false;
    if (this.#owedTicks > 1) this.late += 1;
    this.#owedTicks -= 1;
    this.executed += 1;
    this.#windowRan += 1;
    return true;
  }

  /** A server tick ends. `catchesUp`: more commands of the past were there than one tick runs, so the debt is being paid. */
  endTick(catchesUp: boolean): void {
    this.#leastOwed = Math.min(this.#leastOwed, this.owedTicks);
    this.#windowTicks += 1;
    // What is paid within some ticks does not stand: forgiving the rest of it would leave as many commands waiting for good.
    if (this.#windowTicks < WINDOW_TICKS || catchesUp) return;
    // Whoever sends nothing at all may be in a hole of the network: that time is kept.
    if (this.#windowRan * 2 >= WINDOW_TICKS) {
      this.#owedTicks -= this.#leastOwed;
      this.lostTicks += this.#leastOwed;
    }
    this.#windowTicks = 0;
    this.#windowRan = 0;
    this.#leastOwed = TIME_BANK_TICKS;
  }
}
