declare namespace App {
  interface Locals {
    /** The step of this page, for its title; undefined on other pages. */
    courseStep?: { id: string /** HTML. */; title: string };
  }
}
