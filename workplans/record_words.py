"""What is done with plans, in the words of the record."""

from django.utils.translation import gettext_lazy as _

from teams.history.acts import say

say(
    _("কর্মপরিকল্পনা"),
    {
        "workplan.create": _("কর্মপরিকল্পনা শুরু করা হয়েছে"),
        "workplan.import": _("ছক থেকে কাজ আনা হয়েছে"),
        "workplan.update": _("ফাইল থেকে সারি হালনাগাদ করা হয়েছে"),
        "workplan.bring": _("আগের পরিকল্পনা থেকে কাজ আনা হয়েছে"),
        "workplan.start_from_library": _("প্রচলিত কাজ থেকে কাজ যোগ করা হয়েছে"),
        "workplan.submit": _("অনুমোদনের জন্য পেশ করা হয়েছে"),
        "workplan.return": _("সংশোধনের জন্য ফেরত দেওয়া হয়েছে"),
        "workplan.approve": _("কর্মপরিকল্পনা অনুমোদিত হয়েছে"),
        "workplan.withdraw": _("সংশোধন প্রত্যাহার করা হয়েছে"),
        "workplan.switch_form": _("ছাপার ছক বদলানো হয়েছে"),
        "workplan.close": _("কর্মপরিকল্পনা সমাপ্ত ঘোষণা করা হয়েছে"),
        "import.keep": _("ফাইল পড়ে রাখা হয়েছে, এখনো নেওয়া হয়নি"),
        "task.create": _("কাজ যোগ করা হয়েছে"),
        "task.update": _("কাজের লেখা বদলানো হয়েছে"),
        "task.delete": _("কাজ মুছে ফেলা হয়েছে"),
        "task.restore": _("মোছা কাজ ফিরিয়ে আনা হয়েছে"),
        "task.undo": _("নিজের শেষ পরিবর্তন ফিরিয়ে নেওয়া হয়েছে"),
        "task.move": _("কাজের স্থান বদলানো হয়েছে"),
        "task.settle_doubts": _("চিহ্নিত ঘর ঠিক আছে বলে জানানো হয়েছে"),
        "task.decide": _("সিদ্ধান্ত অনুযায়ী কাজ যোগ বা পরিবর্তন করা হয়েছে"),
        "task.tag": _("কাজের কার্যপরিধি বলা হয়েছে"),
        "calendar.make": _("পদের ক্যালেন্ডারের ঠিকানা তৈরি হয়েছে"),
        "calendar.end": _("পদের ক্যালেন্ডারের ঠিকানা বন্ধ হয়েছে"),
        "indicator.create": _("সূচক যোগ করা হয়েছে"),
        "indicator.update": _("সূচক বদলানো হয়েছে"),
        "indicator.delete": _("সূচক মুছে ফেলা হয়েছে"),
        "indicator.restore": _("মোছা সূচক ফিরিয়ে আনা হয়েছে"),
        "indicator.review": _("সূচকের অর্জন মূল্যায়ন করা হয়েছে"),
        "subject.weigh": _("উদ্দেশ্যের মান বদলানো হয়েছে"),
        "subject.rename": _("বিষয়ের নাম বদলানো হয়েছে"),
        "workplan.start_revision": _("কর্মপরিকল্পনার সংশোধন শুরু করা হয়েছে"),
        "workplan.revise": _("সংশোধিত কর্মপরিকল্পনা বলবৎ হয়েছে"),
        "plancomment.add": _("পরিকল্পনায় মন্তব্য করা হয়েছে"),
        "plancomment.reply": _("মন্তব্যের জবাব দেওয়া হয়েছে"),
        "plancomment.settle": _("মন্তব্য অনুযায়ী ঠিক করা হয়েছে"),
        "plancomment.unsettle": _("মন্তব্য আবার খোলা হয়েছে"),
        "progress.add": _("অগ্রগতি জানানো হয়েছে"),
    },
)
