import {providerOf} from '../pricing/host.js';
import {headerOf} from '../wire/header-list.js';
import type {Chart, Key} from './chart.js';
import type {Finding} from './check.js';
import {keyKind, type KeyKind} from './key-kind.js';
import type {Knocked} from './knock.js';
import {handMade} from './knock-at.js';
import {sentence} from './trouble.js';

type Refused = Pick<Knocked, 'answer' | 'facts' | 'request'>;
type Held = Extract<Key, {kind: 'here'}>;

/**
A key that was not taken in any header: what it looks like, and what the endpoint wants.
*/
export function refusedKey(
	chart: Chart,
	refused: Refused,
	held: Held,
): Finding {
	const {answer, facts, request} = refused;
	const message = facts.error?.message;
	const isForbidden =
		answer.status === 403 && !/key|token|auth|credential/i.test(message ?? '');
	return {
		check: 'key',
		standing: 'bad',
		...(isForbidden
			? forbidden(held, message)
			: strange({
					held,
					status: answer.status,
					kind: keyKind(held.text),
					wants: wantedBy(chart, refused),
					chart,
				})),
		curl: handMade(request, chart),
	};
}

const forbidden = (
	{from}: Held,
	message: string | undefined,
): Pick<Finding, 'said' | 'fix'> => ({
	said: sentence(
		`The key in ${from} is not permitted to ask here (status 403)${message === undefined ? '' : `: ${message}`}`,
	),
	fix: 'Check which models and features the key may use, and whether the endpoint serves your region.',
});

type Case = Readonly<{
	held: Held;
	status: number;
	kind: KeyKind | undefined;
	wants: string | undefined;
	chart: Chart;
}>;

function strange({
	held: {from},
	status,
	kind,
	wants,
	chart: {base, endpoint},
}: Case): Pick<Finding, 'said' | 'fix'> {
	const {host} = base;
	const refused = `The key in ${from} is refused (status ${status}), as x-api-key and as a bearer token`;
	const looks = kind === undefined ? '' : `: it looks like ${kind.called}`;
	if (kind?.maker === 'subscription') {
		return {
			said: `${refused}${looks}, which only Claude Code itself may use.`,
			fix: `Write key = "agent"${endpoint === undefined ? '' : ` in [endpoints.${endpoint}]`}, so that Claude Code sends it, or take an API key.`,
		};
	}

	// Gateways refuse in Anthropic's words too: a key that may well be of such a one is no sign.
	const isAnthropic =
		providerOf(base.hostname) === 'anthropic' || kind?.maker !== undefined;
	if (wants === 'anthropic' && isAnthropic && kind?.maker !== 'anthropic') {
		return {
			said: `${refused}${looks}, and Anthropic's API wants one of its own (sk-ant-…).`,
			fix: `Put a key of console.anthropic.com into ${from}, or write the url of the gateway that this key is for.`,
		};
	}

	if (kind?.maker !== undefined && kind.maker !== wants) {
		return {
			said: `${refused}${looks}, and ${host} wants one of its own.`,
			fix: `Put the key that you have from ${host} into ${from}, or write the url that this key is for.`,
		};
	}

	return {
		said: `${refused}${looks}.`,
		fix: `Check that ${from} holds all of a key of ${host}, and that it was not revoked.`,
	};
}

/**
Whose keys it takes, by its host or by the words of its refusal.
*/
function wantedBy({base}: Chart, {answer, facts}: Refused): string | undefined {
	const byHost = /(?:^|\.)openrouter\.ai$/.test(base.hostname)
		? 'openrouter'
		: providerOf(base.hostname);
	const speaksAnthropic =
		(facts.error?.type === 'authentication_error' &&
			/x-api-key/i.test(facts.error.message ?? '')) ||
		headerOf(answer.headers, 'anthropic-organization-id') !== undefined;
	return byHost ?? (speaksAnthropic ? 'anthropic' : undefined);
}
