import type {CapDay} from '../calendar/cap-day.js';
import type {KeyConfig} from '../config/config.js';
import type {KeyStanding} from '../control/steering.js';
import type {Cap} from '../policy/admission.js';
import {spentShare} from '../policy/cap-steps.js';
import type {Standing} from '../usage-log/ledger.js';

/**
How a key stands, as others are told.
*/
export const keyStanding = (
	key: KeyConfig,
	{
		cap,
		day,
		standing,
		cheaper,
	}: Readonly<{
		cap: Cap;
		day: CapDay;
		standing: Standing;
		cheaper: string | null;
	}>,
): KeyStanding => ({
	name: key.name,
	capNanodollars: cap.nanodollars,
	capTokens: cap.tokens,
	usualNanodollars: key.dailyCapNanodollars ?? null,
	usualTokens: key.dailyTokens ?? null,
	from: day.from,
	resetsAt: day.to,
	spentNanodollars: standing.nanodollars,
	spentTokens: standing.tokens,
	reservedNanodollars: standing.reservedNanodollars,
	reservedTokens: standing.reservedTokens,
	unpriced: standing.unpriced,
	atCap:
		key.atCap.kind === 'alias' ? `alias:${key.atCap.alias}` : key.atCap.kind,
	warnAt: key.warnAt,
	cheaper,
	isReached: spentShare(standing, cap) >= 1,
});
