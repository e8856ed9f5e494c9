/** What the explainer should make of events once their pictures were looked at. Written like `scenarios.ts`. */
import { readScenarios } from "./read-scenario.ts";

export const scenariosSeen = readScenarios(`
What the pictures show
standard  night     somebody is seen in the garden at night, where something moved
                    02:00:00 motion backyard sees=person
elevated  away      somebody is seen at the back door by day, where something moved
                    12:00:00 motion back_door sees=person
elevated  away      somebody is seen in the living room of an empty house, where something moved
                    12:00:00 motion living_room sees=person
critical  away      somebody is seen at a window that opened
                    12:00:00 window Kitchen_window sees=person
low       night     a resident is seen in the hallway at night
                    03:00:00 motion hallway sees=person
low       away      somebody is seen in the street
                    23:00:00 motion street sees=person
standard  away      somebody may be in the picture, and may not
                    12:00:00 motion back_door sees=person:0.45
low       away      a picture shows that nothing moved in the living room
                    12:00:00 motion living_room sees=nothing
low       away      a picture shows the dog, who moved in the living room
                    12:00:00 motion living_room sees=dog
standard  away      a bear is no pet
                    12:00:00 motion back_door sees=bear
standard  away      a car stands where something moved
                    12:00:00 motion back_door sees=car
standard  away      a picture in which nothing can be made out rules nothing out
                    12:00:00 motion living_room sees=unusable
elevated  away      an empty picture does not undo a window that opened
                    12:00:00 window bedroom sees=nothing
critical  home      an empty picture takes nothing from smoke
                    12:00:00 smoke kitchen sees=nothing
elevated  home      a cat takes nothing from breaking glass
                    12:00:00 glass_break kitchen sees=cat
elevated  night     seven people are seen in the back garden at night
                    02:00:00 motion backyard sees=person*7; 02:00:10 motion backyard sees=person*6;
                    02:00:20 motion backyard sees=person*7; 02:00:30 motion backyard sees=person*5
standard  home      five people are seen on the front path at two frames a second
                    18:00:00 person front_door 0.9 sees=person*5; 18:00:01 person front_door 0.9 sees=person*5;
                    18:00:01 person front_door 0.9 sees=person*5; 18:00:02 person front_door 0.9 sees=person*5;
                    18:00:02 person front_door 0.9 sees=person*5; 18:00:03 person front_door 0.9 sees=person*5;
                    18:00:03 person front_door 0.9 sees=person*5; 18:00:10 person front_door 0.9 dwellSeconds=31
elevated  night     two people are seen at the back door at night, of whom the sensor is not sure
                    02:00:00 motion back_door 0.3 sees=person:0.72*2
elevated  night     somebody is seen to come nearer across the back garden at night
                    02:00:00 motion backyard sees=person+near
elevated  night     somebody is seen to stand in the back garden at night
                    02:00:00 motion backyard sees=person+60s
critical  night     three people come nearer at the back door at night, one with a knife
                    02:00:00 motion back_door sees=person*3+near+knife
elevated  away      a person by day in the front garden, who holds what may be a knife
                    13:00:00 person front_yard 0.9 sees=person+knife
low       home      a party of six in the garden in the evening
                    20:00:00 motion backyard sees=person*6
critical  away      somebody is seen where a camera was tampered with
                    14:00:00 tamper side_yard sees=person
elevated  home      somebody is seen beside a camera that was tampered with at night
                    03:00:00 tamper driveway sees=person
elevated  night     the same where the sensor itself is hardly sure
                    02:00:00 motion backyard 0.3 sees=person:0.9+near
elevated  away      somebody is seen to come nearer at the front door at night
                    02:00:00 motion front_door sees=person+near
standard  -         a sound on the porch, and somebody in the picture
                    14:00:00 audio porch sees=person
standard  vacation  something lingers at the back door on a holiday night, and no picture shows it
                    02:00:00 motion back_door dwellSeconds=300 sees=nothing
low       vacation  the cat is seen where something moved on a holiday night
                    02:00:00 motion bedroom sees=cat
standard  away      the device is sure of a person whom no picture shows
                    11:00:00 person backyard 0.9 sees=nothing
low       away      wind and rain trip three cameras at night, and nobody is in any picture
                    02:10:00 motion street sees=car; 02:10:02 motion backyard sees=nothing;
                    02:10:05 motion living_room sees=nothing; 02:10:12 motion street sees=nothing;
                    02:10:20 motion backyard sees=nothing; 02:10:30 motion living_room sees=nothing
low       away      the same at three doors
                    02:10:00 motion front_door sees=nothing; 02:10:04 motion back_door sees=nothing;
                    02:10:08 motion side_door sees=nothing; 02:10:20 motion back_door sees=nothing
`);
