import {isLoopback} from '../../config/server-kinds.js';
import {nameFor} from '../../config/read-endpoints.js';

/**
A short name for the endpoint at a URL: `kissapi` for api.kissapi.ai, `local` for this machine.
*/
export function endpointName(url: string): string {
	const parsed = new URL(url);
	const host = parsed.hostname.replaceAll(/[\[\]]/gv, '');
	if (isLoopback(host)) {
		return 'local';
	}

	if (/^[\d.]+$|:/v.test(host)) {
		return nameFor(parsed);
	}

	const labels = host.split('.');
	const isCountry = labels.length > 2 && shared.has(labels.at(-2)!);
	const name = labels.at(isCountry ? -3 : -2) ?? labels[0]!;
	return /^[\w\-]{1,40}$/v.test(name) ? name : nameFor(parsed);
}

/**
What stands before a country, and says nothing of whom it is: example.co.uk.
*/
const shared = new Set(['ac', 'co', 'com', 'gov', 'net', 'org']);
