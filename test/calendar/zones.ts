export const zones = [
	'UTC',
	'Europe/Berlin',
	'America/New_York',
	'America/St_Johns',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Africa/Casablanca',
	'Africa/Cairo',
	'Pacific/Apia',
] as const;

export const starts = ['00:00', '02:30', '04:00', '23:45'] as const;

export const hourMs = 3_600_000;

export const at = (text: string): number => {
	const epochMs = Date.parse(text);
	if (Number.isNaN(epochMs)) {
		throw new TypeError(`This is no instant: ${text}`);
	}

	return epochMs;
};
