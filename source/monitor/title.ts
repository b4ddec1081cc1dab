import {inForce} from './asked.js';
import {isAtCap} from './cap-keys.js';
import {capShown} from './caps.js';
import {connectionOf} from './connection.js';
import {addSums} from './day-sums.js';
import {wholePercent} from './layout/cap-bar.js';
import {sumText} from './layout/cost-text.js';
import {steady, truncate} from './layout/fit-text.js';
import type {Model} from './model.js';
import {glyphsFor, type Glyphs} from './theme.js';
import {modelOf} from './tokens-of.js';

/**
What the title of the terminal says, for when the pane is hidden: `● 61% main`. How it stands, how much of the
cap is gone or what today cost where there is none, and the alias or the model that was asked last.
*/
export function titleText(model: Model): string {
	const glyphs = glyphsFor(model.ascii);
	const {kind} = connectionOf(model);
	const name = nameOf(model, glyphs);
	if (kind !== 'live') {
		const glyph =
			kind === 'down' || kind === 'stopped' ? glyphs.down : glyphs.stale;
		return joined(glyph, kind.toUpperCase(), name);
	}

	return joined(
		isPausedNow(model)
			? glyphs.held
			: isAtCap(model)
				? glyphs.down
				: glyphs.live,
		spentText(model, glyphs),
		name,
	);
}

const joined = (...parts: readonly string[]): string =>
	parts.filter(Boolean).join(' ');

const isPausedNow = (model: Model): boolean =>
	(inForce(model, 'pause')?.value.mode ?? 'off') !== 'off';

const spentText = (model: Model, glyphs: Glyphs): string => {
	const measure = capShown(model);
	return measure === undefined
		? sumText(addSums(model.totals), glyphs)
		: `${wholePercent(measure)}%`;
};

const longestName = 32;

const nameOf = (model: Model, glyphs: Glyphs): string => {
	const name = inForce(model, 'active')?.value.alias ?? newestModel(model);
	return truncate(steady(name, glyphs), longestName, glyphs.cut);
};

const newestModel = ({exchanges, live}: Model): string => {
	let newest;
	for (const exchange of exchanges.values()) {
		if (exchange.format !== null && exchange.id > (newest?.id ?? 0)) {
			newest = exchange;
		}
	}

	return newest === undefined ? '' : modelOf(newest, live.get(newest.id));
};
