import {
  Control,
  Input,
  type InputEvent,
  InputEventJoypadButton,
  InputEventKey,
  InputEventMouseButton,
  MouseButton,
  type Signals,
  Vector2,
} from "godot";
import type { GameClient } from "../../client/game-client.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import { type CharacterFacts, NO_FACTS } from "../character/character-facts.ts";
import type { ViewFrame } from "../character/view-frame.ts";
import { BindingTexts } from "../input/binding-texts.ts";
import { type CombatWish, combatWishOf } from "../input/combat-keys.ts";
import { hudSizeIn, isSmall } from "../interface/window-fit.ts";
import { comfort } from "../settings/comfort.ts";
import type AbilitySlots from "./ability-slots.ts";
import type DeathScreen from "./death-screen.ts";
import { fightWords } from "./fight-words.ts";
import type HudCanvas from "./hud-canvas.ts";
import type { HudFrame } from "./hud-frame.ts";
import { hudColors } from "./hud-palette.ts";
import HudPart from "./hud-part.ts";
import { placeOf, SMALL_PLACES, stand } from "./hud-places.ts";
import type { WrittenText } from "./hud-texts.ts";
import type InvitationPanel from "./invitation-panel.ts";
import type LockMarker from "./lock-marker.ts";
import type Minimap from "./minimap.ts";
import { MAP_PIXELS } from "./minimap.ts";
import type NoticeLine from "./notice-line.ts";
import { PartTurns } from "./part-turns.ts";
import type PartyFrames from "./party-frames.ts";
import type PartyMenu from "./party-menu.ts";
import { pointAt } from "./point-at.ts";
import type SelfFrame from "./self-frame.ts";

/** Lower edge of the status in the upper right corner, and what is left between it and the map. */
const STATUS_PIXELS = 54;
const MAP_GAP_PIXELS = 18;

/** What is shown of a fight, and what is pressed in one. Nothing of it is there while the server has no fighting. */
export default class Hud extends Control {
  static signals = {
    free_mouse_requested: [],
    pause_requested: [],
    /** Something has come that lies over the middle of the screen: what an ability does, an invitation, the party. */
    room_needed: [],
    /** The death screen or the party's menu want the mouse and the keys, or give them back. */
    screen_toggled: [{ name: "open", type: "bool" }],
  } satisfies Signals;

  /** What is known of the others beyond where they are. */
  facts: CharacterFacts = NO_FACTS;
  readonly bindings = new BindingTexts();
  /** What is looked at in every frame, because it answers what the player does or what is done to it. */
  readonly #prompt: HudPart[] = [];
  /** The rest take turns. */
  readonly #patient: HudPart[] = [];
  readonly #turns = new PartTurns(this.#patient);
  /** All that the canvas draws, from the lowest to the highest. */
  readonly #parts: HudPart[] = [];
  #canvas!: HudCanvas;
  #slots!: AbilitySlots;
  #notice!: NoticeLine;
  #invitation!: InvitationPanel;
  #partyMenu!: PartyMenu;
  #death!: DeathScreen;
  #marker!: LockMarker;
  #shown = false;
  #frame: HudFrame | undefined;
  /** Whether keys and clicks are the player's, not a menu's. */
  #active = false;
  #screenOpen = false;
  #wantedScale = 1;
  #scale = 1;
  #small = false;
  /** Where parts stand that have another place in the smallest windows, by their names: as the scene has it. */
  readonly #usualPlaces = new Map<string, ReturnType<typeof placeOf>>();

  _ready(): void {
    this.#marker = this.get_node<LockMarker>("LockMarker");
    for (const child of this.get_children()) {
      if (!(child instanceof HudPart) || child === this.#marker) continue;
      this.#parts.push(child);
      (child.patient ? this.#patient : this.#prompt).push(child);
    }
    this.#canvas = this.get_node<HudCanvas>("Canvas");
    this.#slots = this.get_node<AbilitySlots>("AbilitySlots");
    this.#notice = this.get_node<NoticeLine>("NoticeLine");
    this.#invitation = this.get_node<InvitationPanel>("InvitationPanel");
    this.#partyMenu = this.get_node<PartyMenu>("PartyMenu");
    this.#death = this.get_node<DeathScreen>("DeathScreen");
    this.#canvas.set_up([...this.#parts, this.#marker]);
    this.#listen();
    for (const name of Object.keys(SMALL_PLACES)) this.#usualPlaces.set(name, placeOf(this.get_node<Control>(name)));
    this.get_viewport()?.connect("size_changed", () => this.#layOut());
    this.#layOut();
    this.visible = false;
  }

  /** `scale`: 1 is the usual size; `opacity`: 0 to 1. */
  use_look(scale: number, opacity: number): void {
    this.#wantedScale = scale;
    const { modulate } = this;
    modulate.a = opacity;
    this.modulate = modulate;
    this.#layOut();
  }

  /** Gets ready for fights by such rules. */
  prepare(rules: CombatData): void {
    this.#canvas.prepare(fightWords(rules));
  }

  /** The line of a part of it, for tests and for whoever reads a screen aloud. */
  texts_of(part: string): readonly WrittenText[] {
    return this.#shown ? this.get_node<HudPart>(part).texts : [];
  }

  /** Takes keys and clicks, or leaves them to menus. */
  set_active(active: boolean): void {
    this.#active = active;
  }

  /** Whether one of its screens has the mouse and the keys. */
  get screen_open(): boolean {
    return this.#screenOpen;
  }

  /** One frame, as the camera of `view` sees it: shows what a client says of its fight, or nothing. `busy`: what others do may wait for the next one. */
  show_frame(client: GameClient | undefined, view: ViewFrame, seconds: number, busy: boolean): void {
    const shown = client?.combat.inUse === true && client.own.present;
    if (shown !== this.#shown) this.visible = shown;
    this.#shown = shown;
    if (client === undefined || !shown) {
      this.#frame = undefined;
      this.#partyMenu.close();
      this.#tell(false);
      return;
    }
    const frame = this.#describe(client, view, seconds);
    if (this.#showParts(frame, seconds, busy)) {
      this.#canvas.put(this.#parts);
      this.#turns.handedOver();
    }
    if (this.#marker.show_frame(frame)) this.#marker.put();
    this.#partyMenu.show_frame(frame);
    this.#death.show_frame(frame, this.#active);
    const open = client.combat.death.dead || this.#partyMenu.opened;
    this.#invitation.show_frame(frame, open);
    this.#tell(open);
  }

  /**
   * A strike by the mouse or its key is the bar's first ability in a fight, on the nearest in view where nobody is locked on to. Returns whether it
   * was one.
   */
  strike(): boolean {
    const client = this.#frame?.client;
    if (client === undefined) return false;
    if (client.combat.target.entityId === 0) client.act({ kind: "cycle", to: "nearest" });
    client.act({ kind: "use", slot: 1 });
    return true;
  }

  /** Which device is used says which keys are named. */
  override _input(event: InputEvent): void {
    if (event instanceof InputEventJoypadButton) this.bindings.usePad(true);
    else if (event instanceof InputEventKey || event instanceof InputEventMouseButton) this.bindings.usePad(false);
  }

  override _unhandled_input(event: InputEvent): void {
    if (!this.#active || this.#frame === undefined) return;
    if (this.#screenOpen) {
      if (!event.is_action_pressed("pause")) return;
      this.get_viewport()?.set_input_as_handled();
      this.emit_signal("pause_requested");
      return;
    }
    const clicked = event instanceof InputEventMouseButton && this.#click(event);
    const taken = clicked || this.#press(event);
    if (taken) this.get_viewport()?.set_input_as_handled();
  }

  #listen(): void {
    const act = (wish: CombatWish) => void (this.#active && this.#obey(wish));
    this.#slots.connect("pointed_at", () => this.emit_signal("room_needed"));
    for (const name of ["InvitationPanel", "PartyFrames", "CastBar", "NoticeLine"]) {
      const part = this.get_node<Control>(name);
      // What was cast and refused is in the way in the smallest windows alone.
      const always = !["CastBar", "NoticeLine"].includes(name);
      part.connect("visibility_changed", () => {
        if (part.is_visible_in_tree() && (always || comfort.small)) this.emit_signal("room_needed");
      });
    }
    this.#slots.connect("pressed", (slot: number) => act({ kind: "use", slot }));
    this.get_node<PartyFrames>("PartyFrames").connect("pressed", (entityId: number) =>
      act({ kind: "target", entityId }),
    );
    this.get_node<SelfFrame>("SelfFrame").connect("pressed", () => act({ kind: "target_self" }));
    this.#invitation.connect("answered", (yes: boolean) => act({ kind: yes ? "accept" : "decline" }));
    this.#death.connect("chosen", (point: number) => act({ kind: "respawn", point }));
    this.#partyMenu.connect("chosen", () => {
      const intent = this.#partyMenu.take();
      if (intent !== undefined) act(intent);
    });
  }

  /** Returns whether the picture is to be handed over. */
  #showParts(frame: HudFrame, seconds: number, busy: boolean): boolean {
    let now = false;
    for (let i = 0; i < this.#prompt.length; i += 1) if (this.#prompt[i]?.show_frame(frame)) now = true;
    return this.#turns.show(frame, seconds, busy) || now;
  }

  #tell(open: boolean): void {
    if (open === this.#screenOpen) return;
    this.#screenOpen = open;
    this.emit_signal("screen_toggled", open);
  }

  #press(event: InputEvent): boolean {
    const wish = combatWishOf(event);
    return wish !== undefined && this.#obey(wish);
  }

  /** A click on somebody locks on, while the mouse is not caught for looking around. */
  #click(event: InputEventMouseButton): boolean {
    const frame = this.#frame;
    const free = Input.mouse_mode === Input.MOUSE_MODE_VISIBLE;
    if (frame === undefined || !free || !event.pressed || event.button_index !== MouseButton.MOUSE_BUTTON_LEFT)
      return false;
    // What was clicked at is what was seen: the last frame.
    if (!frame.view.present) return false;
    const { x, y } = event.position;
    const entityId = pointAt(frame.view, frame.client.remotes, frame.facts, x, y);
    return entityId !== 0 && this.#obey({ kind: "target", entityId });
  }

  /** Does what was wished for; returns whether the press is used up by it. */
  #obey(wish: CombatWish): boolean {
    const client = this.#frame?.client;
    if (client === undefined) return false;
    const { combat, own } = client;
    switch (wish.kind) {
      case "target_self":
        client.act({ kind: "target", entityId: own.entityId });
        return true;
      case "back":
        // Escape lets go of the target first, and opens the menu after that.
        if (combat.target.entityId === 0) return false;
        client.act({ kind: "cycle", to: "nobody" });
        return true;
      case "clear_target":
        client.act(combat.self.cast.active ? { kind: "cancel" } : { kind: "cycle", to: "nobody" });
        return true;
      case "free_mouse":
        this.emit_signal("free_mouse_requested");
        return true;
      case "invite_target":
        if (combat.target.entityId !== 0) client.act({ kind: "invite", entityId: combat.target.entityId });
        else this.#say("Lock on to the player whom you want to invite");
        return true;
      case "accept":
      case "decline":
        if (combat.party.inviterEntityId === 0) return false;
        client.act(wish);
        return true;
      case "zoom_map":
        this.get_node<Minimap>("Minimap").zoom(wish.steps);
        return true;
      case "party_menu":
        if (this.#frame !== undefined) this.#partyMenu.open(this.#frame);
        return true;
      default:
        client.act(wish);
        return true;
    }
  }

  #say(text: string): void {
    if (this.#frame !== undefined) this.#notice.say(text, this.#frame.seconds);
  }

  #describe(client: GameClient, view: ViewFrame, seconds: number): HudFrame {
    const hoveredSlot = this.#slots.hovered;
    const frame = this.#frame;
    if (frame === undefined) {
      const { facts, bindings } = this;
      this.#frame = {
        ...{ client, view, facts, bindings, colors: hudColors.current, seconds },
        ...{ scale: this.#scale, hoveredSlot },
      };
      return this.#frame;
    }
    frame.client = client;
    frame.view = view;
    frame.facts = this.facts;
    frame.colors = hudColors.current;
    frame.scale = this.#scale;
    frame.seconds += seconds;
    frame.hoveredSlot = hoveredSlot;
    return frame;
  }

  /** As large as the screen at any scale, so that what is anchored to an edge stays there. */
  #layOut(): void {
    const viewport = this.get_viewport();
    if (viewport === null) return;
    const { size } = viewport.get_visible_rect();
    this.#scale = hudSizeIn(size.x, size.y, viewport.get_final_transform().x.x, this.#wantedScale);
    comfort.hudScale = this.#scale;
    comfort.small = isSmall(size.x, size.y);
    this.scale = new Vector2(this.#scale, this.#scale);
    this.size = new Vector2(size.x / this.#scale, size.y / this.#scale);
    // Below the line of the status.
    const map = this.get_node<Minimap>("Minimap");
    map.offset_top = Math.ceil(STATUS_PIXELS / this.#scale) + MAP_GAP_PIXELS;
    map.offset_bottom = map.offset_top + MAP_PIXELS;
    if (comfort.small === this.#small) return;
    this.#small = comfort.small;
    for (const [name, usual] of this.#usualPlaces) {
      stand(this.get_node<Control>(name), (this.#small ? SMALL_PLACES[name] : undefined) ?? usual);
    }
    this.#invitation.fit();
  }
}
