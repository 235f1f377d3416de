/** Addresses that must not be called, and how each is refused. */
export const hostileUrls: [url: string, refusal: string][] = [
  ['http://op.example/', 'provider_error insecure_url'],
  ['http://[::ffff:169.254.169.254]/', 'provider_error insecure_url'],
  ['ftp://op.example/', 'provider_error insecure_url'],
  ['file:///etc/passwd', 'provider_error insecure_url'],
  ['data:application/json,{}', 'provider_error insecure_url'],
  ['not a url', 'provider_error invalid_url'],
  ['/relative', 'provider_error invalid_url'],
  ['https://user:password@op.example/', 'provider_error credentials_in_url'],
  ['https://user@op.example/', 'provider_error credentials_in_url'],
  ['https://127.0.0.1/', 'provider_error blocked_address'],
  ['https://127.1/', 'provider_error blocked_address'],
  ['https://2130706433/', 'provider_error blocked_address'],
  ['https://0x7f000001/', 'provider_error blocked_address'],
  ['https://0177.0.0.1/', 'provider_error blocked_address'],
  ['https://0251.0376.0251.0376/', 'provider_error blocked_address'],
  ['https://2852039166/', 'provider_error blocked_address'],
  ['https://①②⑦.⓪.⓪.①/', 'provider_error blocked_address'],
  ['https://0/', 'provider_error blocked_address'],
  ['https://[::1]/', 'provider_error blocked_address'],
  ['https://[::]/', 'provider_error blocked_address'],
  ['https://[::ffff:169.254.169.254]/', 'provider_error blocked_address'],
  ['https://[::ffff:a9fe:a9fe]/', 'provider_error blocked_address'],
  ['https://[64:ff9b::169.254.169.254]/', 'provider_error blocked_address'],
  ['https://[2002:a9fe:a9fe::]/', 'provider_error blocked_address'],
  ['https://[fe80::1]/', 'provider_error blocked_address'],
  ['https://10.1.2.3/', 'provider_error blocked_address'],
  ['https://169.254.169.254/latest/meta-data/', 'provider_error blocked_address'],
]

/** The same, even where private networks are allowed. */
export const hostileEverywhere: [url: string, refusal: string][] = [
  ['http://10.0.0.1/', 'provider_error blocked_address'],
  ['http://192.168.0.1/', 'provider_error blocked_address'],
  ['https://169.254.169.254/', 'provider_error blocked_address'],
  ['http://[::ffff:127.0.0.1]/', 'provider_error blocked_address'],
  ['http://8.8.8.8/', 'provider_error blocked_address'],
]
