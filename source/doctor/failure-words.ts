import {nearest} from '../config/nearest.js';
import {networkWords} from '../exchange/network-words.js';
import {said, type Words} from '../exchange/said.js';
import type {NotAnswered} from './ask.js';

/**
Why no answer came, in one sentence, and what to do.
*/
export function failureWords(
	{code}: NotAnswered,
	{url, knownHosts}: Readonly<{url: URL; knownHosts: readonly string[]}>,
): Words {
	const {host, hostname} = url;
	if (/TIMEDOUT|TIMEOUT/.test(code)) {
		return said(
			[],
			`${host} did not answer in time.`,
			'Check the host and the port of its url, and whether a firewall, a VPN or a proxy stands between.',
		);
	}

	const words = networkWords({errorType: code});
	if (!/^(?:ENOTFOUND|EAI_|ENODATA)/.test(code)) {
		return words;
	}

	const meant = nearest(
		hostname,
		knownHosts.filter((known) => known !== hostname),
	);
	return said(
		[],
		`There is no host ${hostname} (DNS).`,
		meant === undefined
			? 'Check the spelling of its url, and whether this machine is online.'
			: `Did you mean ${meant}?`,
	);
}

/**
The other side speaks TLS, and only its certificate is not believed.
*/
export const isCertificateTrouble = (code: string): boolean =>
	/^CERT_|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|ALTNAME|INVALID_CA/.test(code);
