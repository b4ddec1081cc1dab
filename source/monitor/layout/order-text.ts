import {showWait} from '../../exchange/show.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';
import {ordersInVain, pendingOrder} from '../orders.js';
import type {Glyphs} from '../theme.js';
import type {Banner} from './banner.js';

/**
What was asked of a request and has not come about yet: `cancelling…`.
*/
export function orderText(
	model: Model,
	id: number,
	glyphs: Glyphs,
): string | undefined {
	const kind = pendingOrder(model, id);
	return kind && (kind === 'cancel' ? 'cancelling' : 'resuming') + glyphs.soon;
}

/**
Orders that had no effect, the first of them and how many there are.
*/
export function orderBanners(model: Model): readonly Banner[] {
	const inVain = ordersInVain(model);
	const [first] = inVain;
	if (!first) {
		return [];
	}

	const not = `NOT ${first.kind === 'cancel' ? 'CANCELLED' : 'RESUMED'}`;
	const which =
		inVain.length === 1
			? String(first.exchange)
			: `${first.exchange} and ${inVain.length - 1} more`;
	return [
		[
			first.problem === undefined
				? `${not} YET: ${which}, asked ${showWait(model.nowMs - first.askedAtMs)} ago - the passthrough has not confirmed it`
				: `${not}: ${which}: ${first.problem} (${keyName(model, 'back')} hides this)`,
			'alarm',
		],
	];
}
