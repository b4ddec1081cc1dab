import process from 'node:process';
import {findPassthrough, type Found} from '../control/find-passthrough.js';
import type {PublishedConfig} from '../control/passthrough-row.js';
import {
	showCents,
	showDuration,
	showInstant,
	showWhole,
} from '../exchange/show.js';
import {costInWords, count} from '../summary/words.js';
import {limitsInForce} from '../usage-log/limits-in-force.js';
import {readLimits, type LimitRow} from '../usage-log/limits.js';
import type {Given} from './command.js';
import {clockIn} from './days-in-force.js';
import {limitsInWords} from './limits-in-words.js';
import {isCapped, keyInJson, standingInWords} from './cap/in-words.js';
import {keysNow, type KeysNow} from './cap/keys-now.js';
import {look, type Sight} from './look.js';
import {steeringInForce, type InForce} from './steering/in-force.js';
import {steeringInJson} from './steering/status-json.js';
import {steeringInWords} from './steering/status-words.js';
import {today, type Today} from './today.js';

/**
Says what runs and what is in force. In JSON, what is not known is null.
*/
export async function status(given: Given): Promise<void> {
	const sight = look(given);
	const {lock, home} = sight;
	const found = await findPassthrough(lock);
	const inForce = await steeringNow(sight, found);
	const [sofar, keys] = await Promise.all([
		today(sight, (db, {nowMs}) => ({
			limits: limitsInForce(readLimits(db), nowMs),
		})),
		keysNow(sight, inForce),
	]);
	const nowMs = Date.now();
	if (given.flags['json'] === true) {
		say([JSON.stringify(inJson(found, {inForce, keys, sofar}))]);
		return;
	}

	say([
		...inWords(found, {inForce: inForce.config, folder: home.data}),
		...steeringInWords(inForce, nowMs),
		...(await spentInWords(sofar)),
		...(await capsInWords(keys)),
		...(inForce.steering?.warnings ?? []).map((text) => `warning      ${text}`),
		...limitsInWords(sofar?.limits ?? [], nowMs),
	]);
}

/**
The word of one that answers is newer than what it has written, and is there when nothing can be.
*/
async function steeringNow(sight: Sight, found: Found): Promise<InForce> {
	if (found.kind !== 'serving') {
		return steeringInForce(sight);
	}

	const {holder, identity} = found;
	const {home, config, steering} = identity;
	return steering === undefined
		? {...(await steeringInForce(sight)), config}
		: {
				log: holder.log,
				home,
				config,
				active: steering.active,
				pause: steering.pause,
				steering,
			};
}

type SoFar = (Today & Readonly<{limits: readonly LimitRow[]}>) | undefined;

const inJson = (
	found: Found,
	{
		inForce,
		keys,
		sofar,
	}: Readonly<{inForce: InForce; keys: KeysNow | undefined; sofar: SoFar}>,
) => ({
	passthrough: passthroughInJson(found),
	...steeringInJson(inForce),
	keys: keys?.keys.map((key) => keyInJson(key, keys.day)) ?? null,
	warnings: inForce.steering?.warnings ?? [],
	limits: (sofar?.limits ?? []).map((row) => limitInJson(row)),
});

const limitInJson = (row: LimitRow) => ({
	...row,
	limit: row.limit ?? null,
	remaining: row.remaining ?? null,
	utilization: row.utilization ?? null,
	status: row.status ?? null,
	resetAt: row.resetAt ?? null,
});

/**
Each capped key in a line.
*/
async function capsInWords(
	now: KeysNow | undefined,
): Promise<readonly string[]> {
	const capped = now?.keys.filter((key) => isCapped(key)) ?? [];
	if (now === undefined || capped.length === 0) {
		return [];
	}

	const until = await clockIn(now.rule, now.day.to);
	return capped.map(
		(key) =>
			`cap          ${key.name}: ${standingInWords(key)}; until ${until}`,
	);
}

async function spentInWords(sofar: SoFar): Promise<readonly string[]> {
	if (sofar === undefined) {
		return [];
	}

	const {sums, rule, day} = sofar;
	const unknown = sums.partial + sums.missing;
	const facts = [
		`${costInWords(sums)} for ${showWhole(sums.requests)} ${count(sums.requests, 'request')}`,
		...(sums.unpriced > 0 ? [`${showWhole(sums.unpriced)} unpriced`] : []),
		...(unknown > 0 ? [`usage of ${showWhole(unknown)} not all known`] : []),
		...(sums.planNanodollars > 0
			? [`${showCents(sums.planNanodollars)} of it in a plan: no bill`]
			: []),
	];
	return [
		`today        ${facts.join(', ')}; until ${await clockIn(rule, day.toMs)}`,
	];
}

function passthroughInJson(found: Found) {
	if (found.kind === 'none' || found.holder === undefined) {
		return null;
	}

	const {pid, url, startedAt} = found.holder;
	if (found.kind !== 'serving') {
		return {pid, url, startedAt, state: found.kind, recording: null};
	}

	const {identity} = found;
	return {
		pid,
		url,
		startedAt,
		state: identity.state,
		open: identity.open,
		recording: identity.recording,
		notRecordingSince: identity.notRecordingSince ?? null,
		notRecordingReason: identity.notRecordingReason ?? null,
		movedAside: identity.movedAside ?? null,
	};
}

function inWords(
	found: Found,
	{inForce, folder}: {inForce: PublishedConfig; folder: string},
): readonly string[] {
	switch (found.kind) {
		case 'none': {
			return [
				`No passthrough runs in ${folder}.`,
				'Start one with: tollgate, or tollgate serve',
			];
		}

		case 'silent': {
			return [
				found.holder === undefined
					? 'A passthrough is just starting.'
					: `A passthrough has this home, but does not answer on ${found.holder.url} (process ${found.holder.pid}).`,
			];
		}

		case 'leaving': {
			return [
				`The passthrough of ${found.holder.url} is leaving: it waits for its last requests to end (process ${found.holder.pid}).`,
			];
		}

		case 'serving': {
			return serving(found, inForce);
		}
	}
}

function serving(
	{holder, identity}: Extract<Found, {kind: 'serving'}>,
	{endpoint, endpoints, ifNotRecording}: PublishedConfig,
): readonly string[] {
	const url = endpoints.find(({name}) => name === endpoint)?.url;
	return [
		`passthrough  ${holder.url}, process ${identity.pid}`,
		`since        ${showInstant(identity.startedAt)} (${showDuration(Date.now() - identity.startedAt)})`,
		`endpoint     ${endpoint}${url === undefined ? '' : `, ${url}`}`,
		`requests     ${identity.open === 0 ? 'none' : identity.open} open`,
		identity.recording
			? `recording    yes, in ${holder.log}`
			: `recording    NO since ${showInstant(identity.notRecordingSince ?? Date.now())}: ${identity.notRecordingReason ?? 'not known why'}. ${ifNotRecording === 'refuse' ? 'Requests are refused until it is written again' : 'Requests pass all the same'}`,
		...(identity.movedAside === undefined
			? []
			: [`broken log   moved aside to ${identity.movedAside}`]),
	];
}

function say(lines: readonly string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}
