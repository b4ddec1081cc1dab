import type {AttemptFacts} from './columns.js';
import type {Standing} from './ledger.js';
import type {Statements} from './recorder-statements.js';
import type {
	Asking,
	Bound,
	ExchangeFacts,
	Question,
	Recording,
} from './recording.js';

/**
One request that asks its key's cap whether it goes on. `decide` and `reserve` run in one transaction, and
again where that was rolled back: what was so before is remembered.
*/
export class Admission {
	readonly ended: AttemptFacts | undefined;
	readonly number: number;
	readonly before: ExchangeFacts;
	readonly #recording: Recording;
	readonly #next: Asking['next'];
	readonly #question: Question;
	readonly #held: Bound | undefined;

	constructor(
		recording: Recording,
		{ended, next}: Omit<Asking, 'question'>,
		question: Question,
	) {
		this.ended = ended;
		this.number = recording.attempts;
		this.before = recording.beginning;
		this.#recording = recording;
		this.#next = next;
		this.#question = question;
		this.#held = recording.reservation;
	}

	/**
	Says in the recording whether it goes, or is held.
	*/
	decide(statements: Statements): void {
		const recording = this.#recording;
		const {from, to, bound, kept, decide, held} = this.#question;
		const standing = statements.standing({from, to, key: bound.key});
		const isGranted = decide(withoutOwn(standing, this.#held, {from, to}));
		recording.attempts = isGranted ? this.number + 1 : this.number;
		recording.reservation = isGranted ? bound : kept;
		recording.beginning = {
			...this.before,
			...(this.ended && {attemptStartedAt: null}),
			...(isGranted
				? {...this.#next, state: 'waiting', attempts: recording.attempts}
				: held()),
		};
	}

	/**
	Once its row is there.
	*/
	reserve(statements: Statements): void {
		const {id, reservation} = this.#recording;
		if (reservation !== undefined) {
			statements.reserve(id!, reservation);
		} else if (this.#held !== undefined) {
			statements.release(id!);
		}
	}
}

/**
What an attempt before has reserved for the same request is no part of what others have.
*/
const withoutOwn = (
	standing: Standing,
	held: Bound | undefined,
	{from, to}: Pick<Question, 'from' | 'to'>,
): Standing =>
	held === undefined || held.admittedAt < from || held.admittedAt >= to
		? standing
		: {
				...standing,
				reservedNanodollars: standing.reservedNanodollars - held.nanodollars,
				reservedTokens: standing.reservedTokens - held.tokens,
				underWay: standing.underWay - 1,
			};
