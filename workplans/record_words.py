"""What is done with plans, in the words of the record."""

from django.utils.translation import gettext_lazy as _

from teams.history.acts import say

say(
    _("কর্মপরিকল্পনা"),
    {
        "workplan.create": _("কর্মপরিকল্পনা শুরু করা হয়েছে"),
        "workplan.import": _("ছক থেকে কাজ আনা হয়েছে"),
        "workplan.submit": _("অনুমোদনের জন্য পেশ করা হয়েছে"),
        "workplan.return": _("সংশোধনের জন্য ফেরত দেওয়া হয়েছে"),
        "workplan.approve": _("কর্মপরিকল্পনা অনুমোদিত হয়েছে"),
        "workplan.withdraw": _("সংশোধন প্রত্যাহার করা হয়েছে"),
        "workplan.close": _("কর্মপরিকল্পনা সমাপ্ত ঘোষণা করা হয়েছে"),
        "import.keep": _("ফাইল পড়ে রাখা হয়েছে, এখনো নেওয়া হয়নি"),
        "task.create": _("কাজ যোগ করা হয়েছে"),
        "task.update": _("কাজের লেখা বদলানো হয়েছে"),
        "task.delete": _("কাজ মুছে ফেলা হয়েছে"),
        "task.restore": _("মোছা কাজ ফিরিয়ে আনা হয়েছে"),
        "task.move": _("কাজের স্থান বদলানো হয়েছে"),
        "task.settle_doubts": _("চিহ্নিত ঘর ঠিক আছে বলে জানানো হয়েছে"),
        "task.decide": _("সিদ্ধান্ত অনুযায়ী কাজ যোগ বা পরিবর্তন করা হয়েছে"),
        "subject.rename": _("বিষয়ের নাম বদলানো হয়েছে"),
        "progress.add": _("অগ্রগতি জানানো হয়েছে"),
    },
)
