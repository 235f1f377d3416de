/** An element with properties, attributes (with a dash, and `role`) and children. No markup is parsed anywhere. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Record<string, unknown> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (/-|^role$/.test(key)) made.setAttribute(key, String(value))
    else Reflect.set(made, key, value)
  }
  made.append(...children)
  return made
}
