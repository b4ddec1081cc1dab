import type {Exchange} from '../../exchange/exchange.js';
import type {Glyphs} from '../theme.js';
import {steady, widthOf} from './fit-text.js';

/**
Who asked: the client program and which of its agents or sessions; the latter alone where both do not fit.
*/
export function fromOf(
	{client, agentId, session}: Exchange,
	width: number,
	glyphs: Glyphs,
): string {
	const program = /^[^\s(/]+/.exec(client ?? '')?.[0];
	const who = agentId ?? session?.slice(0, 8);
	const both = steady([program, who].filter(Boolean).join('/'), glyphs);
	return who && widthOf(both) > width ? steady(who, glyphs) : both;
}
