import {
	CachedPrompts,
	continuedBy,
	rebuiltTokens,
	type CachedPrompt,
	type Conversation,
} from '../policy/cached-prompts.js';
import {
	Repeats,
	waitedMs,
	type Asking,
	type Ending,
	type Failed,
} from '../policy/repeats.js';
import {WarmPrompts} from '../policy/warm-prompts.js';
import type {Billed} from '../pricing/price-exchange.js';
import {rebuiltCost} from '../pricing/rebuilt-cost.js';
import type {End} from './end-facts.js';
import type {Routed} from './stage.js';

/**
What the passthrough remembers of the requests before, while it lives.
*/
export class Memory {
	readonly repeats = new Repeats();
	readonly prompts = new CachedPrompts();
	readonly warm = new WarmPrompts();
}

/**
One exchange compared with those before it: whether it repeats one that failed, and how much it wrote
to a cache that had been there before.
*/
export class Recollection {
	readonly #memory: Memory;
	#routed: Routed;
	#asking: Asking | undefined;
	#repeated: Failed | undefined;
	#promptsBefore: readonly CachedPrompt[] | undefined;
	#prompt: CachedPrompt | undefined;

	constructor(memory: Memory, routed: Routed) {
		this.#memory = memory;
		this.#routed = routed;
	}

	/**
	It is sent somewhere else than before.
	*/
	goesTo(routed: Routed): void {
		this.#routed = routed;
	}

	/**
	To be told once the body is hashed.
	*/
	sent(bodyHash: string | undefined): void {
		const {beginning, wanted, body, plain} = this.#routed;
		if (
			wanted.kind !== 'generate' ||
			bodyHash === undefined ||
			this.#asking !== undefined
		) {
			return;
		}

		this.#asking = {
			session: beginning.session ?? null,
			agent: beginning.agentId ?? null,
			model: beginning.askedModel ?? null,
			isStream: beginning.stream === true,
			isSide: beginning.side === true,
			bodyHash,
			bodyBytes: (plain ?? body)?.length ?? 0,
			startedAt: beginning.startedAt ?? 0,
		};
		this.#repeated = this.#memory.repeats.repeatedBy(this.#asking);
	}

	/**
	Adds to a final row what only the requests before it tell, and remembers it for those after. Again
	where the row is corrected.
	*/
	conclude(end: End, id: number | undefined): void {
		if (this.#asking === undefined) {
			return;
		}

		const failed = this.#repeated;
		if (failed !== undefined) {
			end.retryOf = failed.id;
			end.waitedMs = waitedMs(failed, this.#asking);
			end.retriedNanodollars =
				failed.nanodollars > 0 ? failed.nanodollars : null;
		}

		this.#compareCache(this.#asking, end);
		this.#remember(this.#asking, end, id);
	}

	#remember(asking: Asking, end: End, id: number | undefined): void {
		if (id === undefined) {
			return;
		}

		const wasLeft = end.outcome === 'aborted';
		this.#memory.repeats.note(asking, endingOf(end), {
			id,
			endedAt: end.endedAt ?? 0,
			wasLeft,
			// What an agent left costs is told as such already.
			nanodollars: wasLeft ? 0 : (end.costNanodollars ?? 0),
		});
	}

	#compareCache({session, agent, isSide, startedAt}: Asking, end: End): void {
		const {beginning, endpoint} = this.#routed;
		const read = end.cacheReadTokens ?? 0;
		const written =
			(end.cacheWrite5mTokens ?? 0) + (end.cacheWrite1hTokens ?? 0);
		if (session === null || isSide || read + written === 0) {
			return;
		}

		const conversation: Conversation = {
			session,
			agent,
			endpoint: endpoint.config.name,
			model: end.servedModel ?? beginning.askedModel ?? '',
		};
		const {prompts} = this.#memory;
		// A corrected row is compared with what the first one was.
		this.#promptsBefore ??= prompts.before(conversation, startedAt);
		const continued = continuedBy(this.#promptsBefore, {read, written});
		const prompt = {tokens: read + written, since: end.endedAt ?? 0};
		prompts.note(conversation, prompt, [continued, this.#prompt]);
		this.#prompt = prompt;
		const tokens = rebuiltTokens(continued, {read, written});
		if (tokens === 0) {
			return;
		}

		end.rebuiltTokens = tokens;
		end.rebuiltNanodollars =
			rebuiltCost(this.#billed(end), tokens, endpoint.prices) ?? null;
	}

	#billed(end: End): Parameters<typeof rebuiltCost>[0] {
		const {wanted, model, beginning} = this.#routed;
		return {
			kind: wanted.kind,
			format: wanted.format,
			status: end.httpStatus ?? 0,
			sentModel: model ?? beginning.askedModel ?? undefined,
			servedModel: end.servedModel ?? undefined,
			usage: {
				input: end.inputTokens ?? 0,
				output: end.outputTokens ?? 0,
				cacheRead: end.cacheReadTokens ?? 0,
				cacheWrite5m: end.cacheWrite5mTokens ?? 0,
				cacheWrite1h: end.cacheWrite1hTokens ?? 0,
				reasoning: undefined,
				webSearch: 0,
			},
			extraUsage: [],
			speed: end.speed ?? undefined,
			inferenceGeo: end.inferenceGeo ?? undefined,
			serviceTier: end.serviceTier ?? undefined,
			reportedCostUsd: undefined,
		} satisfies Billed;
	}
}

/**
An error in the middle of a stream comes with a status that is none.
*/
function endingOf({outcome, httpStatus}: End): Ending {
	if (outcome === 'ok') {
		return 'ok';
	}

	const hadBegun = (httpStatus ?? 0) >= 200 && (httpStatus ?? 0) < 300;
	return outcome === 'truncated' || (outcome === 'error' && hadBegun)
		? 'broken'
		: 'failed';
}
