import type {End} from './end-facts.js';
import {conversationOf, modelOf} from './most.js';
import type {Routed} from './stage.js';
import type {World} from './world.js';

/**
Remembers what the end of a request tells of those to come: how long answers of its model are, how much of its
conversation is in a cache now, and whether its agent runs away. To be told once of each.
*/
export function noteEnd(
	end: End,
	routed: Routed,
	{caps, watch, memory}: Pick<World, 'caps' | 'watch' | 'memory'>,
): void {
	const model = modelOf(routed);
	watch.ended(routed.bearer.key, model ?? null, end);
	if (end.usageStatus !== 'exact') {
		return;
	}

	if (model !== undefined) {
		caps.noteOutput(model, end.outputTokens ?? 0);
	}

	const cached =
		(end.cacheReadTokens ?? 0) +
		(end.cacheWrite5mTokens ?? 0) +
		(end.cacheWrite1hTokens ?? 0);
	if (cached > 0) {
		memory.warm.note(conversationOf(routed), cached, end.endedAt ?? 0);
	}
}
