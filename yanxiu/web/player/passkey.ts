/** Ask the device for a passkey, or to prove one, when such a form is sent; see WebAuthn level 3. */

interface Descriptor {
  readonly id: string;
  readonly type: "public-key";
}

interface Wanted {
  readonly challenge: string;
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Descriptor[];
  readonly allowCredentials?: readonly Descriptor[];
}

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function described(found: readonly Descriptor[] = []): PublicKeyCredentialDescriptor[] {
  return found.map((each) => ({ ...each, id: bytes(each.id) }));
}

async function wanted(form: HTMLFormElement): Promise<Wanted> {
  const token = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(form.dataset.passkey ?? "", {
    method: "POST",
    headers: { "X-CSRFToken": token },
  });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).publicKey;
}

async function made(asked: Wanted): Promise<Credential | null> {
  const { user } = asked;
  if (!user) return null;
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: described(asked.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  return navigator.credentials.create({ publicKey });
}

async function proved(asked: Wanted): Promise<Credential | null> {
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    allowCredentials: described(asked.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
  return navigator.credentials.get({ publicKey });
}

function told(credential: PublicKeyCredential): string {
  const { response } = credential;
  const parts: Record<string, string> = { clientDataJSON: text(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    parts.attestationObject = text(response.attestationObject);
  }
  if (response instanceof AuthenticatorAssertionResponse) {
    parts.authenticatorData = text(response.authenticatorData);
    parts.signature = text(response.signature);
    if (response.userHandle) parts.userHandle = text(response.userHandle);
  }
  const { id, type } = credential;
  const clientExtensionResults = {};
  return JSON.stringify({ id, rawId: id, type, response: parts, clientExtensionResults });
}

async function answer(form: HTMLFormElement): Promise<void> {
  const asked = await wanted(form);
  const credential = await ("making" in form.dataset ? made(asked) : proved(asked));
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey");
  const field = form.querySelector<HTMLInputElement>("[name=credential]");
  if (field) field.value = told(credential);
  form.submit();
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const failed = form.querySelector<HTMLElement>("[data-failed]");
    failed?.toggleAttribute("hidden", true);
    answer(form).catch(() => failed?.toggleAttribute("hidden", false));
  });
}
